import { expect, test } from 'vitest'
import { backtest } from '../../../src/core/backtest/backtest'
import { outcomeWords } from '../../../src/core/backtest/outcome-words'
import { emptyHistogram } from '../../../src/core/backtest/score-histogram'
import { oneOutcome } from '../../../src/ui/results/testability'
import { modelOf } from '../../support/model'

const nobody = backtest({ customers: 0, histogram: emptyHistogram(), ids: 'unique' }, 'training', modelOf([]))

test.each([
  [{ n: 60, events: 0 }, 'No training customer expanded by the outcome that is chosen'],
  [{ n: 60, events: 60 }, 'Every training customer expanded by the outcome that is chosen'],
  [{ notScored: 4 }, 'No training customer with a known outcome is scored'],
  [{}, 'No training customer has a known outcome'],
])('of %o', (change, said) => {
  expect(oneOutcome({ ...nobody, ...change }, outcomeWords('expand'))).toBe(said)
})
