/** What is kept of how the page looks: small, local, and no loss when the browser forgets it. */
export interface Shelf {
  readonly get: (key: string) => string | null
  readonly set: (key: string, value: string) => void
}

/** Local storage where the browser has it; elsewhere nothing is remembered and nothing breaks. */
export const shelf: Shelf = {
  get(key) {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value)
    } catch {
      // Blocked or full: what is kept here is only how the page looks.
    }
  },
}
