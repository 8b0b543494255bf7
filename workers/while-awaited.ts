/**
 * The functions among a call's input, heard only until the call has its answer. They are called through ports of their
 * own, so that what was said before the answer may arrive after it: a bar would stand still for ever.
 * @returns the input to call with, and what to do when there is an answer
 */
export function whileAwaited(input: readonly unknown[]): {
  readonly heard: readonly unknown[]
  readonly end: () => void
} {
  let isAwaited = true
  const heard = input.map((part) =>
    typeof part === 'function'
      ? (...said: unknown[]): void => {
          if (isAwaited) (part as (...said: unknown[]) => void)(...said)
        }
      : part,
  )
  return { heard, end: () => (isAwaited = false) }
}
