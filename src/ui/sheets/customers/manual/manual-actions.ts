import { counted, whole } from '../../../../core/figure'
import { typedManual, type ManualChange } from '../../../../core/manual/manual-value'
import { deleteManualColumn } from '../../../../core/model/edit-manual'
import type { ManualColumn } from '../../../../core/manual/manual-column'
import type { ManualCell } from '../../../../state/manual-columns.svelte'
import type { Session } from '../../../../state/session.svelte'
import type { Workbook } from '../../../../state/workbook.svelte'

/** Cells to fill: the listed customers from a place on, and per line a text for each column. */
export interface ManualBlock {
  /** Place in the list, from 0. */
  readonly from: number
  readonly columns: readonly ManualColumn[]
  readonly lines: readonly (readonly string[])[]
}

/** What a sheet without IDs says where a value would have to know whose it is. */
export const NO_IDS = 'A value has to know whose it is. Choose the column with the customer ID on the Data sheet.'

/** What a person does in the cells that are filled in by hand. */
export class ManualActions {
  readonly #session: Session
  readonly #workbook: Workbook

  constructor(session: Session, workbook: Workbook) {
    this.#session = session
    this.#workbook = workbook
  }

  get canEdit(): boolean {
    return !this.#workbook.readOnly && this.#workbook.model.roles.id !== undefined
  }

  /** What stands in a customer's cell; '' where nothing does. */
  textOf({ id }: ManualColumn, customer: string): string {
    return String(this.#session.manual.of(id, customer)?.value ?? '')
  }

  /** Says why a block of several columns cannot be pasted. */
  refuseWide(width: number): void {
    this.#session.toasts.show(
      `Nothing was pasted: the block has ${width} columns, and those beside this one are not all filled in by hand. To paste IDs and values, use “Paste by ID” in the column’s menu.`,
    )
  }

  /** Whether cells can be filled in; says why where they cannot. */
  mayEdit(): boolean {
    const { model, readOnly } = this.#workbook
    if (readOnly) this.#session.toasts.show('Another tab edits this workbook. This one can look.')
    else if (model.roles.id === undefined) this.#session.toasts.show(NO_IDS)
    return this.canEdit
  }

  /** Why a text cannot stand in a column; undefined when it can. A blank clears. */
  check(column: ManualColumn, text: string): string | undefined {
    if (text.trim() === '') return undefined
    const typed = typedManual(column, text)
    return typed.ok ? undefined : typed.why
  }

  enter(column: ManualColumn, customer: string, text: string): void {
    const cell = cellOf(column, customer, text)
    if (cell) void this.#session.manual.fill(column, [cell])
  }

  /** Clears the cells of listed customers. */
  async clear(columns: readonly ManualColumn[], from: number, to: number): Promise<void> {
    const { manual, customers } = this.#session
    const ids = await customers.ids(from, to)
    const changes = columns.flatMap(({ id }) =>
      ids.flatMap((customer): ManualChange[] => (manual.of(id, customer) ? [{ customer, column: id }] : [])),
    )
    if (changes.length === 0) return
    const words = `${columns.map(({ name }) => name).join(', ')} of ${counted(changes.length, 'customer')} cleared`
    if (!(await manual.write(changes, words))) return
    if (changes.length > 1) this.#said(`Cleared ${counted(changes.length, 'value')}`)
  }

  /** Fills in a pasted block from the customer at a place on, in the order of the list: all of it or nothing. */
  async paste({ from, columns, lines }: ManualBlock): Promise<void> {
    const { customers, manual, toasts } = this.#session
    const ids = await customers.ids(from, from + lines.length)
    const wrong = lines.flatMap((line, down) =>
      columns.flatMap((column, across) => {
        const why = ids[down] === undefined ? undefined : this.check(column, line[across] ?? '')
        return why === undefined ? [] : [`${ids[down]!}: ${why}`]
      }),
    )
    const all = Math.min(ids.length, lines.length) * columns.length
    if (wrong.length > 0) {
      toasts.show(
        `Nothing was pasted: ${whole(wrong.length)} of ${whole(all)} values cannot stand there. ${wrong[0]!}.`,
      )
      return
    }
    const filled = columns.map((column, across) => ({
      column,
      cells: ids.map((customer, down) => cellOf(column, customer, lines[down]![across] ?? '')!),
    }))
    const names = columns.map(({ name }) => name).join(', ')
    const over = lines.length - ids.length
    const beyond = over > 0 ? ` ${counted(over, 'line')} went beyond the end of the list.` : ''
    if (!(await manual.fillAll(filled, `paste into ${names}`))) return
    const values = filled.flatMap(({ cells }) => cells).filter(({ value }) => value !== undefined).length
    this.#said(`Pasted ${counted(values, 'value')} into ${names}.${beyond}`)
  }

  /** Deletes a column. What was filled in comes back with it when that is undone. */
  deleteColumn({ id, name }: ManualColumn): void {
    const { manual, toasts } = this.#session
    const values = manual.count(id)
    if (!this.#workbook.edit((model) => deleteManualColumn(model, id), { words: `delete ${name}` })) return
    const words = values === 0 ? `Deleted ${name}` : `Deleted ${name} and its ${counted(values, 'value')}`
    toasts.show(words, () => this.#session.steps.undo())
  }

  #said(words: string): void {
    this.#session.toasts.show(words, () => this.#session.steps.undo())
  }
}

/** What a text makes of a cell; undefined for one that cannot stand there. */
function cellOf(column: ManualColumn, customer: string, text: string): ManualCell | undefined {
  if (text.trim() === '') return { customer }
  const typed = typedManual(column, text)
  return typed.ok ? { customer, value: typed.value } : undefined
}
