import type { IconName } from './icon'

export interface MenuItem {
  readonly label: string
  readonly hint?: string
  readonly icon?: IconName
  readonly checked?: boolean
  readonly disabled?: boolean
  /** Draws a line above it. */
  readonly apart?: boolean
  readonly run: () => void
}
