import type { ICellEditorComp, ICellEditorParams } from 'ag-grid-community'
import { html } from './dom'

export interface ChoiceEditing<Row> {
  readonly choices: readonly string[]
  /** The choice that stands in the cell; '' for none. */
  readonly start: (row: Row) => string
  /** What is wrong with a text, in words; undefined when it can be taken. */
  readonly check: (row: Row, text: string) => string | undefined
  /** Called with every text that can be taken while it is typed or chosen. */
  readonly ontyping?: (row: Row, text: string | undefined) => void
  readonly label: (row: Row) => string
}

let count = 0

/**
 * The in-cell editor of a cell that holds one of a few choices: a field with its list below. Typing goes to the first
 * choice that starts so, arrows go through the list, Enter and Tab take it, Esc restores. An emptied field clears.
 */
export class ChoiceEditor<Row> implements ICellEditorComp {
  readonly #id = `choices-${++count}`
  readonly #input = html('input', {
    ...{ type: 'text', class: 'cell-editor', role: 'combobox', autocomplete: 'off', spellcheck: 'false' },
    ...{ 'aria-expanded': 'true', 'aria-controls': this.#id },
  })
  readonly #list = html('ul', { role: 'listbox', id: this.#id })
  readonly #message = html('span', { class: 'cell-message', role: 'alert' })
  readonly #choices = html('div', { class: 'cell-choices', popover: 'manual' }, this.#list, this.#message)
  // Not the grid's own popup: that one loses keys that are typed right after Esc.
  readonly #gui = html('span', { class: 'cell-editing' }, this.#input, this.#choices)
  readonly #open = new AbortController()
  #params: (ICellEditorParams<Row> & ChoiceEditing<Row>) | undefined
  #active = -1

  init(params: ICellEditorParams<Row> & ChoiceEditing<Row>): void {
    this.#params = params
    const { eventKey: key, data, choices } = params
    const start = params.start(data)
    this.#input.value = key?.length === 1 ? key : start
    this.#input.setAttribute('aria-label', params.label(data))
    this.#list.setAttribute('aria-label', params.label(data))
    this.#list.append(...choices.map((choice, i) => this.#option(choice, i)))
    this.#input.addEventListener('input', () => this.#typed())
    this.#input.addEventListener('keydown', (event) => this.#key(event))
    if (key?.length === 1) this.#typed()
    else this.#activate(choices.indexOf(start))
  }

  getGui(): HTMLElement {
    return this.#gui
  }

  afterGuiAttached(): void {
    this.#choices.showPopover()
    this.#place()
    window.addEventListener('scroll', () => this.#place(), { capture: true, signal: this.#open.signal })
    this.#input.focus()
    if (this.#params?.eventKey?.length !== 1) this.#input.select()
  }

  destroy(): void {
    this.#open.abort()
  }

  /** Under the cell, or over it where there is no room below. */
  #place(): void {
    const cell = this.#gui.getBoundingClientRect()
    const { style, offsetHeight } = this.#choices
    style.minWidth = `${cell.width}px`
    style.left = `${cell.left}px`
    style.top = `${cell.bottom + offsetHeight > innerHeight ? cell.top - offsetHeight : cell.bottom}px`
  }

  getValue(): string {
    return this.#params?.choices[this.#active] ?? this.#input.value
  }

  getValidationElement(): HTMLElement {
    return this.#input
  }

  getValidationErrors(): string[] | null {
    const error = this.#error()
    return error === undefined ? null : [error]
  }

  #error(): string | undefined {
    return this.#params?.check(this.#params.data, this.getValue())
  }

  #option(choice: string, index: number): HTMLElement {
    const option = html('li', { role: 'option', id: `${this.#id}-${index}`, 'aria-selected': 'false' }, choice)
    option.addEventListener('mousedown', (event) => event.preventDefault())
    option.addEventListener('click', () => {
      this.#choose(index)
      this.#params?.stopEditing()
    })
    return option
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const last = this.#list.children.length - 1
    this.#choose(Math.min(last, Math.max(0, this.#active + by)))
  }

  #choose(index: number): void {
    this.#activate(index)
    this.#input.value = this.#params?.choices[index] ?? ''
    this.#tell()
  }

  #typed(): void {
    const typed = this.#input.value.trim().toLowerCase()
    const starts = (choice: string): boolean => choice.toLowerCase().startsWith(typed)
    this.#activate(typed === '' ? -1 : (this.#params?.choices.findIndex(starts) ?? -1))
    this.#tell()
  }

  #tell(): void {
    const error = this.#error()
    this.#message.textContent = error ?? ''
    this.#input.classList.toggle('invalid', error !== undefined)
    if (error === undefined) this.#params?.ontyping?.(this.#params.data, this.getValue())
    this.#params?.validate()
    this.#place()
  }

  #activate(index: number): void {
    this.#active = index
    for (const [i, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(i === index))
      if (i === index) option.scrollIntoView({ block: 'nearest' })
    }
    if (index < 0) this.#input.removeAttribute('aria-activedescendant')
    else this.#input.setAttribute('aria-activedescendant', `${this.#id}-${index}`)
  }
}
