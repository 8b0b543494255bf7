/** A step of the work as a part of the whole: the work's shares, 0…1, as shares from `from` to `to`. */
export function* within<Value>(work: Generator<number, Value>, from: number, to: number): Generator<number, Value> {
  let step = work.next()
  for (; !step.done; step = work.next()) yield from + step.value * (to - from)
  return step.value
}
