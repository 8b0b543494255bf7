import { writeTsv } from '../../../core/export/tsv'

/**
 * Puts every figure of the sheet on the clipboard, as a spreadsheet pastes it: part, name, as it is shown, and at full
 * precision. Answers how many there are.
 */
export async function copyFigures(sheet: HTMLElement): Promise<number> {
  const found = new Map<string, string[]>()
  for (const { dataset, textContent } of sheet.querySelectorAll<HTMLElement>('[data-figure][data-value]')) {
    const name = dataset['figure']!
    const [part, ...rest] = name.split(':')
    found.set(name, [part!, rest.join(':'), textContent.trim().replaceAll('−', '-'), dataset['value']!])
  }
  await navigator.clipboard.writeText(writeTsv([['Part', 'Figure', 'Shown', 'Value'], ...found.values()]))
  return found.size
}
