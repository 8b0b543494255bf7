import type { Evaluator } from '../evaluator'
import type {
  BacktestAnswer,
  BacktestRequest,
  MoreAnswer,
  MoreRequest,
  SuggestAnswer,
  SuggestRequest,
} from './backtest-api'
import { inSlices } from '../in-slices'
import { longPass } from './long-pass'
import { QuickPass } from './quick-pass'
import { suggestPass } from './suggest-pass'

/** The backtest's passes over the rows of one data set: a quick one, and two that take longer, one of each at a time. */
export class BacktestPasses {
  readonly #evaluator: Evaluator
  readonly #quick: QuickPass
  readonly #slice: number
  /** Counts up when the running work is of no use any more. */
  #more = 0
  #suggest = 0

  /** @param slice how long work may hold the thread at a time, in milliseconds */
  constructor(evaluator: Evaluator, slice = 15) {
    this.#evaluator = evaluator
    this.#slice = slice
    this.#quick = new QuickPass(evaluator)
  }

  quick(request: BacktestRequest): BacktestAnswer {
    return this.#quick.answer(request)
  }

  /** Undefined when it was cancelled, asked anew, or what the scores are made of changed under it. */
  more(
    request: MoreRequest,
    onprogress: (share: number) => void,
    current?: Evaluator,
  ): Promise<MoreAnswer | undefined> {
    const own = ++this.#more
    // What the scores are made of has to be there before it can be told whether it is still as it was.
    this.#evaluator.scored(request.model)
    const work = longPass(this.#evaluator, this.#quick, request, current)
    return inSlices(work, onprogress, () => own === this.#more && this.#evaluator.holds(request.model), this.#slice)
  }

  cancelMore(): void {
    this.#more++
  }

  /** Undefined as `more` is. */
  suggest(request: SuggestRequest, onprogress: (share: number) => void): Promise<SuggestAnswer | undefined> {
    const own = ++this.#suggest
    this.#evaluator.scored(request.model)
    const work = suggestPass(this.#evaluator, this.#quick, request)
    return inSlices(work, onprogress, () => own === this.#suggest && this.#evaluator.holds(request.model), this.#slice)
  }

  cancelSuggest(): void {
    this.#suggest++
  }
}
