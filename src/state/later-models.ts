import type { ModelStore } from '../storage/model-store'

/** A store that is still being opened: its calls wait for it. */
export function laterModels(opening: Promise<ModelStore>): ModelStore {
  return {
    list: async () => (await opening).list(),
    open: async (id) => (await opening).open(id),
    save: async (saving) => (await opening).save(saving),
    remove: async (id) => (await opening).remove(id),
    overrides: async (workbook) => (await opening).overrides(workbook),
    putOverride: async (workbook, override) => (await opening).putOverride(workbook, override),
    manualValues: async (workbook) => (await opening).manualValues(workbook),
    writeManual: async (workbook, changes) => (await opening).writeManual(workbook, changes),
    removeOverride: async (workbook, customer) => (await opening).removeOverride(workbook, customer),
  }
}
