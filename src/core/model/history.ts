import { withLooks } from './edit-backtest'
import { applyPatch, patchBetween, revertPatch, type Patch } from './change'
import type { HealthModel } from './health-model'

/** How many steps can be taken back. */
export const MOST_STEPS = 200

/** One edit, as it is kept. */
export interface Step {
  readonly patch: Patch
  /** What it did, for the tooltip of undo. */
  readonly words: string
}

/** The model with the way back and the way forth. */
export interface History {
  readonly present: HealthModel
  /** Oldest first; undoing takes the last. */
  readonly past: readonly Step[]
  /** Redoing takes the first. */
  readonly future: readonly Step[]
  /** What the running drag or the running typing is; edits with the same key are one step. */
  readonly running?: { readonly key: string; readonly from: HealthModel }
}

export function startHistory(present: HealthModel, past: readonly Step[] = [], future: readonly Step[] = []): History {
  return { present, past, future }
}

/**
 * The history after an edit. With the key of the edit before it, both are one step: a drag of a second is undone at
 * once. The same history when the model is the same.
 */
export function record(history: History, model: HealthModel, words: string, key?: string): History {
  const { running, past } = history
  const goesOn = key !== undefined && running?.key === key
  if (!goesOn && model === history.present) return history
  const from = goesOn ? running.from : history.present
  const before = goesOn ? past.slice(0, -1) : past
  const step: Step = { patch: patchBetween(from, model), words }
  const kept = from === model ? before : [...before, step].slice(-MOST_STEPS)
  return { present: model, past: kept, future: [], ...(key !== undefined && { running: { key, from } }) }
}

/** The history with its running edit closed: what comes next is a step of its own. */
export function settle({ present, past, future }: History): History {
  return { present, past, future }
}

/** One step back; the same history when there is none. */
export function undo({ present, past, future }: History): History {
  const step = past.at(-1)
  if (!step) return { present, past, future }
  return {
    present: withLooks(revertPatch(present, step.patch), present),
    past: past.slice(0, -1),
    future: [step, ...future],
  }
}

/** One step forth; the same history when there is none. */
export function redo({ present, past, future }: History): History {
  const [step, ...rest] = future
  if (!step) return { present, past, future }
  return { present: withLooks(applyPatch(present, step.patch), present), past: [...past, step], future: rest }
}

/**
 * The history with something noted in the present that is no step and cannot be taken back. What a drag or typing is made
 * on has it too.
 */
export function amend({ running, ...history }: History, change: (model: HealthModel) => HealthModel): History {
  const present = change(history.present)
  return { ...history, present, ...(running && { running: { ...running, from: change(running.from) } }) }
}
