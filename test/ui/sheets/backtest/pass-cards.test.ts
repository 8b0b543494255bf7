import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { failure, success } from '../../../../src/core/result'
import { outcomeWords } from '../../../../src/core/backtest/outcome-words'
import { suggestionVerdict } from '../../../../src/core/backtest/suggestion-words'
import type { Passes, SuggestedWeights } from '../../../../src/ui/sheets/backtest/passes'
import RedundancyCard from '../../../../src/ui/sheets/backtest/RedundancyCard.svelte'
import SegmentsCard from '../../../../src/ui/sheets/backtest/SegmentsCard.svelte'
import SensitivityCard from '../../../../src/ui/sheets/backtest/SensitivityCard.svelte'
import SuggestionCard from '../../../../src/ui/sheets/backtest/SuggestionCard.svelte'
import { metric, modelOf } from '../../../support/model'
import { answeredPasses } from '../../../support/passes'
import { backtest } from '../../../../src/core/backtest/backtest'
import { emptyHistogram } from '../../../../src/core/backtest/score-histogram'

const model = modelOf(['logins', 'seats', 'nps', 'tickets'].map((id) => metric(id)))
const answered = (change: Partial<Passes> = {}) => answeredPasses(model.metrics, model.tiers, change)
/** Nothing has been asked yet. */
const unasked = (change: Partial<Passes> = {}): Passes => ({
  part: 'holdout',
  judgeOn: vi.fn(),
  progress: undefined,
  stale: false,
  check: vi.fn(),
  suggest: vi.fn(),
  cancelSuggestion: vi.fn(),
  ...change,
})
const set = { customers: 0, histogram: emptyHistogram(), ids: 'unique' as const }
const beside = { figures: backtest(set, 'holdout', model), recall: undefined, words: outcomeWords('churn'), span: 4 }

describe('a card that needs a pass over the rows', () => {
  test('asks before it computes', async () => {
    const passes = unasked()
    render(SegmentsCard, { passes, ...beside })
    await page.getByRole('button', { name: 'Check on unseen customers' }).click()
    expect(passes.check).toHaveBeenCalledOnce()
  })

  test('shows how far the passes are', async () => {
    render(SensitivityCard, { passes: unasked({ progress: 0.4 }), model, span: 5 })
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40')
    expect(page.getByRole('button', { name: 'Check' }).query()).toBeNull()
  })

  test('says why what was asked for did not come, and can be asked again', async () => {
    const passes = unasked({ suggestFailed: 'Scales changed meanwhile. Ask again.' })
    render(SuggestionCard, { passes, tiers: model.tiers, readOnly: false, ontake: vi.fn() })
    await expect.element(page.getByRole('alert')).toHaveTextContent('Scales changed meanwhile. Ask again.')
    await page.getByRole('button', { name: 'Suggest weights' }).click()
    expect(passes.suggest).toHaveBeenCalledOnce()
  })

  test('says why there is nothing to show', async () => {
    const passes = unasked({ redundancy: failure('It takes two metrics that are on.') })
    render(RedundancyCard, { passes, span: 7, oncopied: vi.fn() })
    await expect.element(page.getByText('It takes two metrics that are on.')).toBeVisible()
  })

  test('dims what is of an earlier model', async () => {
    render(SensitivityCard, { passes: answered({ stale: true }), model, span: 5 })
    await expect.element(page.getByText('LOGINS')).toBeVisible()
    expect(document.querySelector('[aria-busy="true"]')).not.toBeNull()
  })
})

test('a segment with fewer than ten of one outcome is not judged', async () => {
  const passes = answered()
  render(SegmentsCard, { passes, ...beside })
  await expect.element(page.getByRole('row', { name: /^SMB/ })).toHaveTextContent(/0\.\d{3}/)
  await expect.element(page.getByRole('row', { name: /^Enterprise/ })).toHaveTextContent('too few to tell')
})

test('the heat map is read as a table, every pair once', async () => {
  render(RedundancyCard, { passes: answered(), span: 7, oncopied: vi.fn() })
  await page.getByRole('button', { name: 'Metrics that move together: more' }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  await expect.element(page.getByRole('region', { name: 'Metrics that move together as a table' })).toBeVisible()
  expect(page.getByRole('row').all()).toHaveLength(7)
})

test('the heat map is read pair by pair: down and up in a column, left and right along the rows', async () => {
  render(RedundancyCard, { passes: answered(), span: 7, oncopied: vi.fn() })
  const pairs = page.getByRole('slider', { name: 'Correlations of every pair, read one by one' })
  await expect.element(pairs).toBeInTheDocument()
  pairs.element().focus()
  const said = [pairs.element().getAttribute('aria-valuetext')]
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowUp', 'End', 'ArrowDown']) {
    await userEvent.keyboard(`{${key}}`)
    said.push(pairs.element().getAttribute('aria-valuetext'))
  }
  const places = said.map((text) => text!.replace(/: −?\d\.\d\d$/, ''))
  expect(places).toEqual([
    'SEATS, LOGINS',
    'NPS, LOGINS',
    'TICKETS, LOGINS',
    'TICKETS, SEATS',
    'NPS, SEATS',
    'TICKETS, NPS',
    'TICKETS, NPS',
  ])
})

describe('suggested weights', () => {
  const suggestion = (difference: number, p: number): Partial<Passes> => {
    const made = answered().suggestion
    const value = made?.ok ? made.value : undefined
    const againstEqual = { ...value!.againstEqual, difference, p }
    const againstToday = { ...value!.againstToday, difference: 0.02, p: 0.001 }
    const verdict = suggestionVerdict(againstToday, againstEqual)
    const suggested: SuggestedWeights = { ...value!, verdict, againstToday, againstEqual }
    return { suggestion: success(suggested) }
  }
  const ontake = vi.fn()
  const shown = (change: Partial<Passes>) =>
    render(SuggestionCard, { passes: answered(change), tiers: model.tiers, readOnly: false, ontake })

  test('that beat today’s and equal weights are ticked, and taken in one step', async () => {
    shown(suggestion(0.02, 0.001))
    await page.getByRole('checkbox', { name: 'Take NPS' }).click()
    await page.getByRole('button', { name: 'Use 3 weights' }).click()
    expect([...(ontake.mock.lastCall![0] as Map<string, number>).keys()]).toEqual(['logins', 'seats', 'tickets'])
  })

  test('that do not beat equal weights are not, and say so', async () => {
    shown(suggestion(0.02, 0.3))
    await expect.element(page.getByRole('heading', { name: /does not beat equal weights/ })).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'Use 0 weights' })).toBeDisabled()
    await page.getByRole('button', { name: 'Tick all' }).click()
    await expect.element(page.getByRole('button', { name: 'Use 4 weights' })).toBeEnabled()
  })

  test('of before stay beside the reason why new ones did not come', async () => {
    shown({ ...suggestion(0.02, 0.3), suggestionStale: true, suggestFailed: 'Scales changed meanwhile. Ask again.' })
    await expect.element(page.getByRole('alert')).toHaveTextContent('Scales changed meanwhile. Ask again.')
    await expect.element(page.getByRole('button', { name: 'Suggest again' })).toBeVisible()
    await expect.element(page.getByRole('checkbox', { name: 'Take NPS' })).toBeVisible()
  })

  test('can be given up while they are worked out, and asked for again once the model is another', async () => {
    const [cancelSuggestion, suggest] = [vi.fn(), vi.fn()]
    const screen = await shown({ suggesting: 0.3, cancelSuggestion })
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '30')
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(cancelSuggestion).toHaveBeenCalledOnce()
    const passes = answered({ suggestionStale: true, suggest })
    await screen.rerender({ passes, tiers: model.tiers, readOnly: false, ontake })
    await page.getByRole('button', { name: 'Suggest again' }).click()
    expect(suggest).toHaveBeenCalledOnce()
  })
})
