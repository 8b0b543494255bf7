import { counted } from '../core/figure'
import { describe, type Problem } from '../core/problem'
import type { Unfinished } from '../../workers/engine-api'
import type { Closed } from '../storage/model-store'
import type { Notice, Notices } from './notices.svelte'

export function unfinished({ name, rows }: Unfinished): Notice {
  return {
    tone: 'info',
    title: `The last import of ${name} did not finish.`,
    text: `${hadRead(rows)}Nothing was replaced. Drop the file again.`,
    closable: true,
  }
}

/** The same when the page did not get to say good-bye: the browser has ended it. */
export function outOfMemory({ name, rows }: Unfinished): Notice {
  return {
    tone: 'warning',
    title: `The last import of ${name} ran out of memory.`,
    text: `${hadRead(rows)}Nothing was replaced. Close other tabs, or drop a smaller file.`,
    closable: true,
  }
}

/** How far it came, as far as that was noted before it ended; small files end before. */
function hadRead(rows: number): string {
  return rows > 0 ? `It had read ${counted(rows, 'row')}. ` : ''
}

/** Answers are late; the person may wait, or start the engine anew. */
export function stillWorking(stop: () => void): Notice {
  return {
    tone: 'info',
    title: 'Still working …',
    text: 'This takes longer than it should. Your model can be edited meanwhile; stopping loses nothing.',
    actions: [{ label: 'Stop', run: stop }],
  }
}

export const ENGINE_STOPPED: Notice = {
  tone: 'info',
  title: 'The calculation stopped and was started again.',
  text: 'Your model and your data are unchanged.',
  closable: true,
}

const UPDATED_ELSEWHERE: Notice = {
  tone: 'warning',
  title: 'Updated in another tab.',
  text: 'This tab can look, not change. Reload it to go on.',
  actions: [{ label: 'Reload', run: () => location.reload() }],
}

const CLEARED: Notice = {
  tone: 'warning',
  title: 'This site’s data was cleared.',
  text: 'What you see is still here until you close the page. Save the model as a file to keep it.',
}

export function secondTab(takeOver: () => void): Notice {
  return {
    tone: 'info',
    title: 'Another tab has this workbook open.',
    text: 'This tab can look, not change.',
    actions: [{ label: 'Edit here instead', run: takeOver }],
  }
}

/** A kept model that cannot be read back. */
export function unreadable(name: string, problems: readonly Problem[]): Notice {
  return { tone: 'error', title: name, text: problems.map(describe).join(' ') }
}

/** Says of the first data set that could not be read back why. */
export function tellDamaged(notices: Notices, [damaged]: readonly Problem[]): void {
  if (damaged) notices.show('damaged data', { tone: 'error', title: 'Damaged data.', text: describe(damaged) })
}

/** The database of workbooks can no longer be written to. */
export function tellClosed(notices: Notices, why: Closed): void {
  if (why === 'newer version') notices.show('newer data', UPDATED_ELSEWHERE)
  else notices.show('data removed', CLEARED)
}
