/** A line of a text file. */
interface TextLine {
  /** From 1. */
  readonly line: number
  readonly text: string
  /** Characters of the file up to its end, which are its bytes where all are ASCII. */
  readonly bytes: number
}

/** The lines of a UTF-8 file, one after the other; a mark at its beginning is left out. */
export async function* textLines(source: Blob): AsyncGenerator<TextLine> {
  const reader = source.stream().pipeThrough(new TextDecoderStream()).getReader()
  let [rest, line, bytes] = ['', 0, 0]
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const parts = (rest + value).split('\n')
      rest = parts.pop()!
      for (const text of parts) yield { line: ++line, text, bytes: (bytes += text.length + 1) }
    }
    if (rest !== '') yield { line: ++line, text: rest, bytes: bytes + rest.length }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
