import type { ICellEditorComp, ICellEditorParams } from 'ag-grid-community'
import { html } from './dom'

export interface TextEditing<Row> {
  /** What stands in the field when a cell is opened with Enter, F2 or a double click. */
  readonly start: (row: Row) => string
  /** What is wrong with a text, in words; undefined when it can be taken. */
  readonly check: (row: Row, text: string) => string | undefined
  /** Called with every text that can be taken while it is typed; with undefined when typing is given up. */
  readonly ontyping?: (row: Row, text: string | undefined) => void
  readonly label: (row: Row) => string
  readonly align?: 'right'
}

/**
 * The in-cell editor: a typed key replaces, Enter and F2 edit, Esc restores. A text that cannot be taken says why
 * under the cell and is not kept.
 */
export class TextEditor<Row> implements ICellEditorComp {
  readonly #input = html('input', { type: 'text', class: 'cell-editor', autocomplete: 'off', spellcheck: 'false' })
  readonly #message = html('span', { class: 'cell-message', role: 'alert' })
  readonly #gui = html('span', { class: 'cell-editing' }, this.#input, this.#message)
  #params: (ICellEditorParams<Row> & TextEditing<Row>) | undefined
  #givenUp = false

  init(params: ICellEditorParams<Row> & TextEditing<Row>): void {
    this.#params = params
    const { eventKey: key, data } = params
    const cleared = key === 'Backspace' || key === 'Delete'
    this.#input.value = cleared ? '' : key?.length === 1 ? key : params.start(data)
    this.#input.setAttribute('aria-label', params.label(data))
    if (params.align) this.#input.classList.add(params.align)
    this.#input.addEventListener('input', () => this.#typed())
    this.#input.addEventListener('keydown', ({ key: pressed }) => (this.#givenUp = pressed === 'Escape'))
    if (key?.length === 1 || cleared) this.#typed()
  }

  getGui(): HTMLElement {
    return this.#gui
  }

  afterGuiAttached(): void {
    this.#input.focus()
    const typed = this.#params?.eventKey?.length === 1
    if (typed) this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length)
    else this.#input.select()
  }

  getValue(): string {
    return this.#input.value
  }

  destroy(): void {
    if (this.#givenUp && this.#params) this.#params.ontyping?.(this.#params.data, undefined)
  }

  getValidationElement(): HTMLElement {
    return this.#input
  }

  getValidationErrors(): string[] | null {
    const error = this.#error()
    return error === undefined ? null : [error]
  }

  #error(): string | undefined {
    return this.#params?.check(this.#params.data, this.#input.value)
  }

  #typed(): void {
    const error = this.#error()
    this.#message.textContent = error ?? ''
    this.#input.classList.toggle('invalid', error !== undefined)
    if (error === undefined) this.#params?.ontyping?.(this.#params.data, this.#input.value)
    this.#params?.validate()
  }
}
