/** Does one work after the other: each begins when the one before has ended, well or not. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve()

  do<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}
