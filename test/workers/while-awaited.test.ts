import { expect, test } from 'vitest'
import { whileAwaited } from '../../workers/while-awaited'

test('functions that go with a call are heard until it has its answer, the rest goes as it is', () => {
  const shares: number[] = []
  const request = { step: 1 }
  const { heard, end } = whileAwaited([request, (share: number) => void shares.push(share)])
  expect(heard[0]).toBe(request)
  const tell = heard[1] as (share: number) => void
  tell(0)
  tell(0.5)
  end()
  tell(0.9)
  expect(shares).toEqual([0, 0.5])
})
