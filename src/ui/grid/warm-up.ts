import './modules'
import { createGrid, type GridApi } from 'ag-grid-community'
import { STYLE_NONCE, theme } from './theme'

interface Row {
  readonly id: string
}

/**
 * Steps that make a grid nobody sees, fill it and drop it. The first grid of a page takes the browser three times as long
 * as the next, since it reads the grid's code only as that is run; done beforehand it delays nobody.
 */
export function warmUp(): readonly (() => void)[] {
  const element = document.createElement('div')
  element.hidden = true
  let api: GridApi<Row> | undefined
  return [
    () => {
      document.body.append(element)
      api = createGrid<Row>(element, {
        theme: 'legacy',
        styleNonce: STYLE_NONCE,
        columnDefs: [],
        getRowId: ({ data }) => data.id,
      })
    },
    () => api?.setGridOption('theme', theme),
    () => api?.setGridOption('columnDefs', [{ field: 'id', pinned: 'left' }, { colId: 'other' }]),
    () => api?.setGridOption('rowData', [{ id: 'one' }]),
    () => {
      api?.destroy()
      element.remove()
    },
  ]
}
