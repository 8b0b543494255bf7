/** The files of a drop or a paste; folders and texts are not files. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])]
}

/** Hands a file to the person, as a download. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the address by the next turn of its event loop; a minute is a wide margin.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A name that every file system takes: "Health v4: usage/first" → "Health v4 usage first". */
export function fileName(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return safe === '' ? 'Untitled' : safe.slice(0, 120)
}

/** Cells pasted from a spreadsheet as a file; undefined for a text that is no table. */
export function pastedFile(text: string): File | undefined {
  if (!/[\t,;].*\r?\n./s.test(text)) return undefined
  return new File([text], 'Pasted cells.tsv', { type: 'text/tab-separated-values' })
}

/** What is in a CSV file that is handed out, beside a button that makes one. */
export const CSV_WORDS =
  'As CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it; opened here it is as it was.'
