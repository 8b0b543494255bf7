import type { Shelf } from '../storage/shelf'

export type Sheet = 'data' | 'model' | 'customers' | 'backtest'

const THEME = 'healthsheet:theme'
const RESULTS = 'healthsheet:results'
const OPENED = 'healthsheet:open'
const IMPORTING = 'healthsheet:importing'

/** How the page looks: its sheet, its theme, and whether the results are folded to a rail. */
export class View {
  sheet: Sheet = $state('data')
  help = $state(false)
  /** The metric whose suspicion is being looked at. */
  leak: string | undefined = $state()
  /** Whether the engine's script came with the policy that keeps it from the network; undefined until it has started. */
  guarded: boolean | undefined = $state()
  /** Where small settings of this browser are kept. */
  readonly shelf: Shelf
  /** What the engine scores by; undefined until it is up. */
  executor: 'kernel' | 'reference' | undefined = $state()
  #theme: 'light' | 'dark' | undefined = $state()
  #systemDark: boolean = $state(false)
  #results: 'open' | 'folded' | undefined = $state()

  constructor(shelf: Shelf, systemDark: boolean) {
    this.shelf = shelf
    this.#systemDark = systemDark
    const theme = shelf.get(THEME)
    this.#theme = theme === 'light' || theme === 'dark' ? theme : undefined
    const results = shelf.get(RESULTS)
    this.#results = results === 'open' || results === 'folded' ? results : undefined
  }

  /** The theme a person chose; undefined follows the system. */
  get theme(): 'light' | 'dark' | undefined {
    return this.#theme
  }

  get dark(): boolean {
    return this.#theme ? this.#theme === 'dark' : this.#systemDark
  }

  systemTurned(dark: boolean): void {
    this.#systemDark = dark
  }

  toggleTheme(): void {
    this.#theme = this.dark ? 'light' : 'dark'
    this.shelf.set(THEME, this.#theme)
  }

  /** Folded or open as a person chose; undefined leaves it to the width of the window. */
  get results(): 'open' | 'folded' | undefined {
    return this.#results
  }

  setResults(results: 'open' | 'folded'): void {
    this.#results = results
    this.shelf.set(RESULTS, results)
  }

  /** The workbook that was open when the page was last left. */
  get opened(): string | undefined {
    return this.shelf.get(OPENED) || undefined
  }

  setOpened(workbook: string | undefined): void {
    this.shelf.set(OPENED, workbook ?? '')
  }

  /** The file that was being read, joined, cleaned or stored when the page last ended without being left: the browser has ended it. */
  get importing(): string | undefined {
    return this.shelf.get(IMPORTING) || undefined
  }

  setImporting(file: string | undefined): void {
    this.shelf.set(IMPORTING, file ?? '')
  }
}
