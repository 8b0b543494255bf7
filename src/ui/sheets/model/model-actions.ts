import { whole } from '../../../core/figure'
import { deleteMetrics, flipped, setMark, setMetric, setOn, setWeight } from '../../../core/model/edit'
import type { HealthModel } from '../../../core/model/health-model'
import type { Session } from '../../../state/session.svelte'
import type { Workbook } from '../../../state/workbook.svelte'
import { enterAll, enterText, type Refusal } from './cell-edit'
import { cellText, type ModelColumn, type TypedColumn } from './columns'
import type { CellText, GridActions } from './grid-actions'
import type { CategoryRow, MetricRow, ModelRow } from './rows'

/** What opens beside the grid; the sheet draws it. */
export interface Openings {
  readonly open: (row: MetricRow, column: ModelColumn, cell: Element) => void
  readonly menu: (row: ModelRow, at: DOMRect) => void
  readonly fold: (row: CategoryRow, open: boolean) => void
  readonly select: (rows: readonly ModelRow[], columns: readonly ModelColumn[]) => void
}

/** What a person does in the grid, as edits of the workbook. */
export class ModelActions implements GridActions {
  readonly #session: Session
  readonly #workbook: Workbook
  readonly open: Openings['open']
  readonly menu: Openings['menu']
  readonly fold: Openings['fold']
  readonly select: Openings['select']

  constructor(session: Session, workbook: Workbook, openings: Openings) {
    this.#session = session
    this.#workbook = workbook
    this.open = (row, column, cell) => {
      if (this.#mayEdit()) openings.open(row, column, cell)
    }
    this.menu = openings.menu
    this.fold = openings.fold
    this.select = openings.select
  }

  readonly check = (row: ModelRow, column: TypedColumn, text: string): string | undefined => {
    const result = enterText(this.#workbook.settled, row, column, text)
    return result.ok ? undefined : result.why
  }

  /** While a number is typed the results follow it; they go back when typing is given up. */
  readonly ontyping = (row: ModelRow, column: TypedColumn, text: string | undefined): void => {
    if (column === 'metric') return
    if (text === undefined) this.#workbook.giveUp()
    else this.#enter(row, column, text, `typing ${row.id} ${column}`)
  }

  readonly enter = ({ row, column, text }: CellText): void => {
    if (!this.#mayEdit()) return
    this.#enter(row, column, text, `typing ${row.id} ${column}`)
    this.#workbook.settle()
  }

  readonly paste = (cells: readonly CellText[]): void => {
    if (!this.#mayEdit()) return
    const { model, refusals } = enterAll(this.#workbook.model, cells)
    if (refusals.length > 0) this.#session.toasts.show(refusalWords(refusals, cells.length))
    else this.#edit(() => model)
  }

  readonly clear = (rows: readonly ModelRow[], columns: readonly ModelColumn[], wholeRows: boolean): void => {
    if (!this.#mayEdit()) return
    const metrics = rows.filter((row) => row.kind === 'metric')
    if (wholeRows) this.deleteRows(metrics)
    else {
      this.#edit((model) =>
        metrics.reduce((now, row) => columns.reduce((each, column) => cleared(each, row, column), now), model),
      )
    }
  }

  deleteRows(rows: readonly MetricRow[]): void {
    const ids = new Set(rows.map(({ id }) => id))
    if (ids.size === 0 || !this.#edit((model) => deleteMetrics(model, ids))) return
    const [first] = rows
    const words = rows.length === 1 ? `Deleted ${first!.metric.name}` : `Deleted ${rows.length} metrics`
    this.#session.toasts.show(words, () => this.#workbook.undo())
  }

  readonly toggle = (row: ModelRow, column: ModelColumn): void => {
    if (row.kind === 'category') this.fold(row, !row.open)
    if (row.kind !== 'metric' || !this.#mayEdit()) return
    if (column === 'better') this.#edit((model) => setMetric(model, row.id, { scale: flipped(row.metric.scale) }))
    else if (column === 'on') this.switch(row)
  }

  /** On or off; a suspected leak asks first. */
  switch(row: MetricRow): void {
    const { metric } = row
    if (!metric.on && metric.suspect && !metric.suspect.checked) this.#session.view.leak = metric.id
    else this.#edit((model) => setOn(model, metric.id, !metric.on))
  }

  readonly nudgeWeight = (row: MetricRow, by: number): void => {
    if (!this.#mayEdit()) return
    const now = this.#workbook.model.metrics.find(({ id }) => id === row.id)
    if (now) this.#edit((model) => setWeight(model, row.id, Math.min(100, Math.max(0, now.weight + by))))
  }

  readonly dragWeight = (row: MetricRow, weight: number): void => {
    this.#workbook.edit((model) => setWeight(model, row.id, weight), { key: `weight ${row.id}` })
  }

  readonly endDrag = (_row: MetricRow, kept: boolean): void => {
    if (kept) this.#workbook.settle()
    else this.#workbook.giveUp()
  }

  readonly fillDown = (rows: readonly ModelRow[], columns: readonly ModelColumn[]): void => {
    const [first, ...rest] = rows.filter((row) => row.kind === 'metric')
    if (!first || !this.#mayEdit()) return
    this.paste(rest.flatMap((row) => columns.map((column) => ({ row, column, text: cellText(first, column) }))))
  }

  #enter(row: ModelRow, column: ModelColumn, text: string, key: string): void {
    this.#workbook.edit(
      (model) => {
        const result = enterText(model, current(model, row), column, text)
        return result.ok ? result.value : model
      },
      { key },
    )
  }

  #edit(change: (model: HealthModel) => HealthModel): boolean {
    return this.#workbook.edit(change)
  }

  #mayEdit(): boolean {
    if (this.#workbook.readOnly) this.#session.toasts.show('Another tab edits this workbook. This one can look.')
    return !this.#workbook.readOnly
  }
}

/** The row with the metric that the model has now. */
function current(model: HealthModel, row: ModelRow): ModelRow {
  if (row.kind !== 'metric') return row
  const metric = model.metrics.find(({ id }) => id === row.id)
  return metric ? { ...row, metric } : row
}

/** What Delete leaves in a cell. */
function cleared(model: HealthModel, row: MetricRow, column: ModelColumn): HealthModel {
  switch (column) {
    case 'red':
    case 'green':
      return setMark(model, row.id, column, undefined)
    case 'weight':
      return setWeight(model, row.id, 0)
    case 'missing':
      return setMetric(model, row.id, { missing: 'skip' })
    case 'on':
      return setOn(model, row.id, false)
    default:
      return model
  }
}

/** "2 of 40 values not pasted: “abc” for the weight of NPS is not a number." */
function refusalWords(refusals: readonly Refusal[], all: number): string {
  const [first] = refusals
  const { row, text, why } = first!
  const place = row.kind === 'metric' ? row.metric.name : row.kind === 'category' ? row.name : 'the total'
  const reason = why.startsWith('“') ? why : `“${text.slice(0, 20)}”: ${why}`
  return `Nothing was pasted: ${whole(refusals.length)} of ${whole(all)} values cannot stand there. ${place}: ${reason}.`
}
