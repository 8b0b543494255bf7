import { afterEach, expect, test, vi } from 'vitest'
import { chooseExecutor } from '../../workers/choose-executor'

afterEach(() => vi.restoreAllMocks())

test('the kernel scores where there is SIMD', () => {
  expect(chooseExecutor().executor).toBe('kernel')
})

test('plain TypeScript scores where SIMD is missing, or WebAssembly is forbidden', () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
  expect(chooseExecutor().executor).toBe('reference')
  vi.restoreAllMocks()
  vi.spyOn(WebAssembly, 'Module').mockImplementation(() => {
    throw new WebAssembly.CompileError('blocked by the policy')
  })
  expect(chooseExecutor().executor).toBe('reference')
})
