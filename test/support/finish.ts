/** Runs work that is done in steps to its end. */
export function finish<Value>(work: Generator<unknown, Value>): Value {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
