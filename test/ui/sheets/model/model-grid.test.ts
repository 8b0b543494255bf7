import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Auc } from '../../../../src/core/backtest/auc'
import { outcomeWords } from '../../../../src/core/backtest/outcome-words'
import type { GridActions } from '../../../../src/ui/sheets/model/grid-actions'
import { ModelGrid } from '../../../../src/ui/sheets/model/model-grid'
import { modelRows, totalRow, type RowSource } from '../../../../src/ui/sheets/model/rows'
import { metric, modelOf } from '../../../support/model'
import type { HealthModel } from '../../../../src/core/model/health-model'
import '../../../../src/ui/tokens.css'
import '../../../../src/ui/base.css'
import '../../../../src/ui/grid/grid.css'
import '../../../../src/ui/sheets/model/model-grid.css'

const start = modelOf([
  metric('logins', { weight: 10 }),
  metric('seats & co', { weight: 5 }),
  metric('nps', { category: 'Sentiment', weight: 5 }),
])

function sourceOf(model: HealthModel): RowSource {
  return {
    model,
    facts: new Map(),
    categories: new Map(),
    types: new Map(model.metrics.map(({ column }) => [column, 'number'])),
    problems: new Map(),
    power: undefined,
    counts: ({ on }) => on,
    folded: new Set(),
  }
}

let element: HTMLElement
let grid: ModelGrid
let actions: { [Name in keyof GridActions]: ReturnType<typeof vi.fn> }

/** Shows a model and waits for its cells, which the grid draws in the next frames. */
async function show(model: HealthModel): Promise<void> {
  grid.show(modelRows(sourceOf(model)), totalRow(sourceOf(model)))
  await vi.waitFor(() => {
    for (const { id } of model.metrics) expect(grid.cell(id, 'spread')?.querySelector('.in')).toBeTruthy()
    expect(grid.cell('total', 'spread')?.querySelector('.in')).toBeTruthy()
  })
}

beforeEach(async () => {
  element = document.createElement('div')
  element.className = 'sheet-grid model-grid'
  element.style.cssText = 'width: 1200px; height: 400px'
  document.body.append(element)
  const names = ['check', 'ontyping', 'enter', 'paste', 'clear', 'toggle', 'fold', 'open', 'menu', 'nudgeWeight', 'fillDown', 'select', 'dragWeight', 'endDrag'] as const // prettier-ignore
  actions = Object.fromEntries(names.map((name) => [name, vi.fn()])) as typeof actions
  grid = new ModelGrid(element, actions as unknown as GridActions, outcomeWords('expand'))
  await show(start)
})
afterEach(() => {
  grid.destroy()
  element.remove()
})

const cell = (id: string, column: Parameters<ModelGrid['cell']>[1]): HTMLElement => grid.cell(id, column)!

test('the header of power explains itself in the words of the objective', () => {
  const tips = [...element.querySelectorAll<HTMLElement>('[col-id="power"] .head')].map(({ title }) => title)
  expect(tips).toEqual([
    'If you pick one expanded and one unchanged customer at random, how often the expanded one scores higher. 0.5 is a coin toss, 1.0 is perfect. Each metric is judged alone, on the training customers.',
  ])
})

describe('the model grid', () => {
  test('shows categories with their metrics, shares and a total', () => {
    expect([...element.querySelectorAll('[data-category]')].map((row) => row.getAttribute('data-category'))).toEqual([
      'Usage',
      'Sentiment',
    ])
    expect(cell('logins', 'share').textContent).toBe('50.0%')
    expect(cell('seats & co', 'weight').textContent).toBe('5')
    expect(cell('total', 'weight').textContent).toBe('20')
    expect(element.querySelector('[role="treegrid"]')).not.toBeNull()
    expect(element.querySelector('[data-metric="NPS"]')?.getAttribute('aria-level')).toBe('2')
  })

  test('redraws what an edit changes, and keeps the nodes of the rest', async () => {
    const name = cell('nps', 'metric').querySelector('.in')!.firstChild
    await show(modelOf(start.metrics.map((each) => (each.id === 'logins' ? { ...each, weight: 30 } : each))))
    expect(cell('logins', 'weight').textContent).toBe('30')
    expect(cell('nps', 'share').textContent).toBe('12.5%')
    expect(cell('total', 'weight').textContent).toBe('40')
    expect(cell('nps', 'metric').querySelector('.in')!.firstChild).toBe(name)
  })

  test('greys a metric that is switched off, and takes it out of the shares', async () => {
    await show(modelOf(start.metrics.map((each) => (each.id === 'nps' ? { ...each, on: false } : each))))
    expect(cell('nps', 'share').textContent).toBe('–')
    expect(cell('nps', 'metric').closest('.ag-row')!.classList).toContain('off')
    expect(cell('logins', 'share').textContent).toBe('66.7%')
  })

  test('has a name that is markup as text', async () => {
    await show(modelOf([metric('x', { name: '<img src=x onerror=alert(1)>' })]))
    expect(cell('x', 'metric').textContent).toBe('<img src=x onerror=alert(1)>')
    expect(element.querySelector('img')).toBeNull()
  })

  test('hands on what is typed, and does not keep what cannot stand there', async () => {
    actions.check.mockImplementation((_row: unknown, _column: unknown, text: string) =>
      text === '12x' ? 'not a number' : undefined,
    )
    await userEvent.click(cell('logins', 'weight'))
    await userEvent.keyboard('12x')
    expect(element.querySelector('.cell-message')?.textContent).toBe('not a number')
    await userEvent.keyboard('{Backspace}{Enter}')
    expect(actions.enter).toHaveBeenCalledTimes(1)
    expect(actions.enter.mock.calls[0]![0]).toMatchObject({ column: 'weight', text: '12' })
  })

  test('moves by keys as a spreadsheet does', async () => {
    await userEvent.click(cell('logins', 'weight'))
    const at = (): string =>
      `${document.activeElement?.closest('[row-id]')?.getAttribute('data-metric')} ${document.activeElement?.getAttribute('col-id')}`
    await userEvent.keyboard('{ArrowDown}')
    expect(at()).toBe('SEATS & CO weight')
    await userEvent.keyboard('{Home}')
    expect(document.activeElement?.getAttribute('col-id')).toBe('number')
    await userEvent.keyboard('{Control>}{End}{/Control}')
    expect(at()).toBe('NPS spread')
  })

  test('nudges a weight with Alt and an arrow, by five with Shift', async () => {
    await userEvent.click(cell('logins', 'weight'))
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}')
    expect(actions.nudgeWeight.mock.calls.map(([, by]) => by as number)).toEqual([1, -5])
  })

  test('marks a range, and copies it as cells', async () => {
    await userEvent.click(cell('logins', 'weight'))
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(element.querySelectorAll('.ag-cell.range')).toHaveLength(2)
    const data = new DataTransfer()
    cell('logins', 'weight').dispatchEvent(
      new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
    )
    expect(data.getData('text/plain')).toBe('10\n5')
  })
})

test.each([0, 1, 2, 3, 4, 5, 6, 8, 10])(
  'figures that come %i frames after the rows are drawn, also of the total',
  async (frames) => {
    grid.destroy()
    grid = new ModelGrid(element, actions as unknown as GridActions, outcomeWords('churn'))
    const auc = (value: number): Auc => ({ auc: value, variance: 0, low: value, high: value, complete: false })
    const facts = { power: auc(0.71), coverage: 0.93, spread: { events: [1, 2], stayed: [3, 4], from: 0, to: 9 } }
    const known: RowSource = {
      ...sourceOf(start),
      power: auc(0.786),
      facts: new Map(start.metrics.map(({ id }) => [id, facts])),
    }
    grid.show(modelRows(sourceOf(start)), totalRow(sourceOf(start)))
    for (let frame = 0; frame < frames; frame++) await new Promise((next) => requestAnimationFrame(next))
    grid.show(modelRows(known), totalRow(known))
    await vi.waitFor(() => {
      expect(cell('logins', 'power').textContent).toContain('0.71')
      expect(cell('total', 'power').textContent).toContain('0.79')
      expect(cell('total', 'cover').textContent).toBe('93%')
    })
  },
)
