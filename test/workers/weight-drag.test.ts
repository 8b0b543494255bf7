import { expect, test } from 'vitest'
import { ReferenceScorer } from '../../workers/reference-scorer'
import type { OtherWeight } from '../../workers/reweigher'
import type { Handle } from '../../workers/scorer'
import { WeightDrag } from '../../workers/weight-drag'
import type { KeyedPlan } from '../../workers/weighed'

/** Writes down which way everybody is scored. */
class Recording extends ReferenceScorer {
  readonly ways: string[] = []
  keeps = true

  override score(): void {
    this.ways.push('all')
  }

  override scoreAndKeep(): boolean {
    this.ways.push(this.keeps ? 'keep' : 'all')
    return this.keeps
  }

  override rescore({ metric, weight, minDen }: OtherWeight): void {
    this.ways.push(`metric ${metric} at ${weight} of at least ${minDen}`)
  }
}

interface Given {
  readonly weights: readonly number[]
  readonly minDen?: number
  readonly versions?: readonly number[]
  readonly points?: readonly Handle[]
  readonly clampKey?: string
  readonly customers?: number
}

function plan({ weights, minDen = 1, versions = [1, 2], points = [0, 1], clampKey, customers = 8 }: Given): KeyedPlan {
  return {
    ...{ key: '', points, versions },
    runs: [{ start: 0, customers, weights: Uint16Array.from(weights), minDen }],
    ...(clampKey !== undefined && { clamp: { low: 7, high: 8 }, clampKey }),
  }
}

/** Which way each plan is scored, one after the other. */
function waysOf(given: readonly Given[], scorer = new Recording(8)): string[] {
  const drag = new WeightDrag(scorer)
  for (const each of given) drag.score(plan(each), 9)
  return scorer.ways
}

const DRAG: readonly Given[] = [{ weights: [5, 5] }, { weights: [6, 5] }, { weights: [7, 5] }]

test('the weight that moves a second time in a row is scored by what was kept from the third on', () => {
  const ways = waysOf([...DRAG, { weights: [8, 5], minDen: 3 }, { weights: [0, 5] }, { weights: [7, 5] }])
  const rescored = ['metric 0 at 8 of at least 3', 'metric 0 at 0 of at least 1', 'metric 0 at 7 of at least 1']
  expect(ways).toEqual(['all', 'all', 'keep', ...rescored])
})

test('weights that take turns are scored in full', () => {
  expect(waysOf([{ weights: [5, 5] }, { weights: [6, 5] }, { weights: [6, 6] }, { weights: [7, 6] }])).toEqual(
    Array.from({ length: 4 }, () => 'all'),
  )
  expect(waysOf([{ weights: [5, 5] }, { weights: [6, 6] }, { weights: [7, 7] }, { weights: [8, 8] }])).toEqual(
    Array.from({ length: 4 }, () => 'all'),
  )
})

test('another metric that moves is kept anew', () => {
  const other: readonly Given[] = [{ weights: [7, 6] }, { weights: [7, 7] }, { weights: [7, 8] }]
  expect(waysOf([...DRAG, ...other])).toEqual(['all', 'all', 'keep', 'all', 'keep', 'metric 1 at 8 of at least 1'])
})

test('least coverage may be another, since only scoring asks for it', () => {
  expect(waysOf([...DRAG, { weights: [7, 5], minDen: 9 }]).at(-1)).toBe('metric 0 at 7 of at least 9')
})

test('what was kept is forgotten once anything but the weight is another', () => {
  const others: readonly Partial<Given>[] = [
    // The same column, written anew.
    { versions: [1, 3] },
    { versions: [3, 2] },
    { clampKey: 'rules' },
    { customers: 7 },
    { weights: [8], points: [0], versions: [1] },
  ]
  for (const other of others) {
    const ways = waysOf([...DRAG, { weights: [8, 5], ...other }, { weights: [9, 5] }, { weights: [8, 5] }])
    expect(ways).toEqual(['all', 'all', 'keep', 'all', 'all', 'all'])
  }
})

test('rules that stay as they are do not stop it, and other rules do', () => {
  const ruled = DRAG.map((each) => ({ ...each, clampKey: 'a' }))
  const ways = waysOf([...ruled, { weights: [8, 5], clampKey: 'a' }, { weights: [9, 5], clampKey: 'b' }])
  expect(ways).toEqual(['all', 'all', 'keep', 'metric 0 at 8 of at least 1', 'all'])
})

test('a scorer that keeps nothing scores in full each time', () => {
  const scorer = new Recording(8)
  scorer.keeps = false
  expect(waysOf([...DRAG, { weights: [8, 5] }], scorer)).toEqual(['all', 'all', 'all', 'all'])
})
