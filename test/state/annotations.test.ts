import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Annotations } from '../../src/state/annotations.svelte'
import { MemoryModels } from '../../src/storage/memory-models'

const sponsor = { customer: 'C1', kind: 'cap', points: 40, reason: 'lost the sponsor' } as const

let models: MemoryModels
let changed: ReturnType<typeof vi.fn<() => void>>
let failed: ReturnType<typeof vi.fn<() => void>>
let annotations: Annotations

beforeEach(async () => {
  models = new MemoryModels()
  changed = vi.fn<() => void>()
  failed = vi.fn<() => void>()
  annotations = new Annotations(models, changed, failed)
  await annotations.open('w')
})

describe('an override', () => {
  test('is kept in its workbook, replaces the customer’s last one, and is taken away', async () => {
    await annotations.put(sponsor)
    await annotations.put({ ...sponsor, points: 30 })
    expect(annotations.overrides.map(({ points }) => points)).toEqual([30])
    const again = new Annotations(models, changed, failed)
    await again.open('w')
    expect(again.of('C1')?.points).toBe(30)
    await again.open('another')
    expect(again.overrides).toEqual([])
    await annotations.remove('C1')
    expect(annotations.overrides).toEqual([])
    expect(await models.overrides('w')).toEqual([])
  })

  test('that is over is kept, and holds no more', async () => {
    await annotations.put({ ...sponsor, until: '2001-01-01' })
    expect(annotations.overrides).toHaveLength(1)
    expect(annotations.holding).toEqual([])
  })

  test.each(['putOverride', 'removeOverride'] as const)(
    'changes nothing when the browser cannot write: %s',
    async (name) => {
      await annotations.put(sponsor)
      changed.mockClear()
      vi.spyOn(models, name).mockResolvedValue({ kind: 'full' } as never)
      if (name === 'putOverride') await annotations.put({ ...sponsor, points: 1 })
      else await annotations.remove('C1')
      expect(annotations.of('C1')?.points).toBe(40)
      expect(failed).toHaveBeenCalledOnce()
      expect(changed).not.toHaveBeenCalled()
    },
  )
})
