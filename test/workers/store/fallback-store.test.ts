import { expect, test } from 'vitest'
import { browserStore } from '../../../workers/store/fallback-store'
import { importInto } from '../../support/data-set'

test('where there is no database, data sets are read and used all the same, and none is found later (case 20)', async () => {
  expect('indexedDB' in globalThis).toBe(false)
  const store = browserStore()
  expect(await importInto(store, 'w', 'id,x\n1,a\n2,b\n')).toMatch(/^in memory/)
  expect(await store.collect()).toEqual([])
  expect(await browserStore().open('w', 'history')).toEqual({ ok: true, value: undefined })
})
