import type { IHeaderComp, IHeaderParams } from 'ag-grid-community'
import type { IconName } from '../parts/icon'
import { html, icon } from './dom'

export interface HeaderWords {
  readonly title: string
  /** The second line: a unit, or how it is edited. */
  readonly small?: string
  readonly icon?: IconName
  /** Explains the column; shown on hover. */
  readonly tip?: string
  readonly align?: 'right' | 'center'
}

/** A column header of two lines. */
export class Header implements IHeaderComp {
  readonly #gui = html('div')

  init({ title, small, icon: mark, tip, align }: IHeaderParams & HeaderWords): void {
    this.#gui.className = `head ${align ?? ''}`
    const first = html('span', { class: 'hz' })
    if (mark) first.append(icon(mark, `i fill ${mark}`))
    first.append(title)
    this.#gui.append(first)
    if (small !== undefined) this.#gui.append(html('small', {}, small))
    if (tip !== undefined) this.#gui.title = tip
  }

  getGui(): HTMLElement {
    return this.#gui
  }

  refresh(): boolean {
    return false
  }
}
