import { strToU8, zipSync } from 'fflate'

/** A cell of a sheet as its file writes it: a value, or the inside of its element with its attributes. */
export type SheetCell = string | number | boolean | null | { readonly raw: string }

export interface SheetPart {
  readonly name: string
  readonly rows: readonly (readonly SheetCell[])[]
  readonly hidden?: boolean
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)
}

function cellXml(cell: SheetCell, place: string): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return `<c r="${place}" ${cell.raw}</c>`
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${Number(cell)}</v></c>`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

/** A date as a sheet keeps it: a number with the style of a date. */
export function dateCell(serial: number): SheetCell {
  return { raw: `s="1"><v>${serial}</v>` }
}

/** A formula with the value that it came to last. */
export function formulaCell(formula: string, cached: number): SheetCell {
  return { raw: `><f>${escaped(formula)}</f><v>${cached}</v>` }
}

export function errorCell(error: string): SheetCell {
  return { raw: `t="e"><v>${error}</v>` }
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a workbook, written by hand so that a test can bend each of them. */
export function workbookParts(sheets: readonly SheetPart[], { epoch1904 = false } = {}): Record<string, string> {
  const sheetXml = ({ rows }: SheetPart): string =>
    `${HEAD}<worksheet ${MAIN}><sheetData>${rows
      .map((row, r) =>
        row.length === 0
          ? ''
          : `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, `${letters(c)}${r + 1}`)).join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`
  const list = sheets
    .map(
      ({ name, hidden }, i) =>
        `<sheet name="${escaped(name)}" sheetId="${i + 1}" ${hidden ? 'state="hidden" ' : ''}r:id="rId${i + 1}"/>`,
    ) // prettier-ignore
    .join('')
  const related = sheets
    .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${RELS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
    .join('')
  const types = sheets
    .map(
      (_, i) =>
        `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
    ) // prettier-ignore
    .join('')
  const packaged = 'http://schemas.openxmlformats.org/package/2006'
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${types}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook ${MAIN} xmlns:r="${RELS}"><workbookPr${epoch1904 ? ' date1904="1"' : ''}/><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${packaged}/relationships">${related}<Relationship Id="rId99" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet ${MAIN}><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
  }
}

export function zipped(parts: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
}

export function workbookFile(sheets: readonly SheetPart[], options: { epoch1904?: boolean } = {}): Uint8Array {
  return zipped(workbookParts(sheets, options))
}
