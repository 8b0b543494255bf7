import { afterEach, expect, test, vi } from 'vitest'
import { scorerFactory } from '../../workers/create-scorer'

afterEach(() => vi.restoreAllMocks())

test('the kernel scores where there is SIMD', () => {
  expect(scorerFactory()(1).executor).toBe('kernel')
})

test('plain TypeScript scores where SIMD is missing, or WebAssembly is forbidden', () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
  expect(scorerFactory()(1).executor).toBe('reference')
  vi.restoreAllMocks()
  vi.spyOn(WebAssembly, 'Module').mockImplementation(() => {
    throw new WebAssembly.CompileError('blocked by the policy')
  })
  expect(scorerFactory()(1).executor).toBe('reference')
})
