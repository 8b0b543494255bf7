import type { IHeaderComp, IHeaderParams } from 'ag-grid-community'
import { html, icon } from '../../grid/dom'

export interface SortHeaderWords {
  readonly title: string
  readonly small?: string
  readonly align?: 'right'
  readonly onsort: () => void
  /** Opens what can be done with the column; absent where nothing can. */
  readonly onmenu?: (anchor: Element) => void
  /** 'none' for a column that the list is not sorted by. */
  readonly sorted: () => 'ascending' | 'descending' | 'none'
}

/** A column header that sorts when it is pressed, and says how. */
export class SortHeader implements IHeaderComp {
  readonly #gui = html('div')
  readonly #button = html('button', { type: 'button', class: 'sort' })
  #params: (IHeaderParams & SortHeaderWords) | undefined

  init(params: IHeaderParams & SortHeaderWords): void {
    this.#params = params
    this.#gui.className = `head ${params.align ?? ''}`
    this.#button.addEventListener('click', () => params.onsort())
    this.#gui.append(html('span', { class: 'headline' }, this.#button, ...this.#menu(params)))
    if (params.small !== undefined) this.#gui.append(html('small', {}, params.small))
    this.#draw()
  }

  #menu({ title, onmenu }: SortHeaderWords): Node[] {
    if (!onmenu) return []
    const label = `${title}: change, paste, download, delete`
    const button = html('button', { type: 'button', class: 'more', 'aria-label': label, title: label }, icon('chevron'))
    button.addEventListener('click', () => onmenu(button))
    return [button]
  }

  getGui(): HTMLElement {
    return this.#gui
  }

  refresh(params: IHeaderParams & SortHeaderWords): boolean {
    this.#params = params
    this.#draw()
    return true
  }

  #draw(): void {
    const { title, sorted } = this.#params!
    const how = sorted()
    this.#button.title = title
    this.#button.replaceChildren(html('span', { class: 'trunc' }, title))
    if (how !== 'none') this.#button.append(icon(how === 'ascending' ? 'up' : 'down'))
  }
}
