import { themeQuartz } from 'ag-grid-community'

/** Nonce of the style elements that the grid injects; the same word stands in the page's policy (vite.config.ts). */
export const STYLE_NONCE = 'healthsheet-grid'

/** The page's tokens as the grid's parameters, so that there is no second palette. */
export const theme = themeQuartz.withParams({
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  textColor: 'var(--text)',
  browserColorScheme: 'inherit',
  borderColor: 'var(--line)',
  borderRadius: 0,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  cellHorizontalPadding: 6,
  cellEditingBorder: false,
  cellEditingShadow: 'none',
  chromeBackgroundColor: 'var(--surface-2)',
  columnBorder: { color: 'var(--line)', width: 1, style: 'solid' },
  dataBackgroundColor: 'var(--surface)',
  fontFamily: 'var(--font)',
  fontSize: 12,
  headerBackgroundColor: 'var(--surface-2)',
  headerColumnBorder: { color: 'var(--line)', width: 1, style: 'solid' },
  headerColumnResizeHandleColor: 'transparent',
  headerFontSize: 12,
  headerFontWeight: 600,
  headerRowBorder: { color: 'var(--line-2)', width: 1, style: 'solid' },
  headerTextColor: 'var(--text-2)',
  oddRowBackgroundColor: 'var(--surface)',
  pinnedColumnBorder: { color: 'var(--line)', width: 1, style: 'solid' },
  pinnedRowBorder: { color: 'var(--line-2)', width: 1, style: 'solid' },
  rowBorder: false,
  rowHoverColor: 'var(--hover)',
  spacing: 4,
})
