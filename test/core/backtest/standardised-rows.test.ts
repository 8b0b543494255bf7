import { expect, test } from 'vitest'
import { curvaturePass, lossPass, standardise } from '../../../src/core/backtest/standardised-rows'

const NONE = 65_535

test('means and deviations are of the values that are there; a constant feature counts for nothing', () => {
  const values = Uint16Array.of(0, 7, NONE, 100, 7, NONE, 200, 7, NONE, NONE, 7, NONE)
  const { means, scales } = standardise(values, 3, Uint8Array.of(0, 1, 0, 1))
  expect([...means]).toEqual([100, 7, 0])
  expect(scales[0]).toBeCloseTo(1 / Math.sqrt(20_000 / 3), 15)
  expect([scales[1], scales[2]]).toEqual([0, 0])
  const floats = standardise(Float64Array.of(0.5, NaN, 1.5), 1, Uint8Array.of(0, 1, 0))
  expect([floats.means[0], floats.scales[0]]).toEqual([1, 2])
})

test('a missing value stands at the mean', () => {
  const data = standardise(Uint16Array.of(0, 200, NONE), 1, Uint8Array.of(1, 0, 1))
  const filled = standardise(Float64Array.of(0, 200, 100), 1, Uint8Array.of(1, 0, 1))
  const at = Float64Array.of(0.3, -0.7)
  const same = { ...filled, scales: data.scales }
  expect(lossPass(data, Uint32Array.of(0, 1, 2), at)).toEqual(lossPass(same, Uint32Array.of(0, 1, 2), at))
})

test('the gradient and the curvature are the derivatives of the loss', () => {
  const data = standardise(Float64Array.of(1, 5, 2, NaN, 4, 1, 7, 2, 3, 3), 2, Uint8Array.of(0, 1, 1, 0, 1))
  const rows = Uint32Array.of(0, 1, 2, 3, 4)
  const at = Float64Array.of(0.2, -0.4, 0.9)
  const step = 1e-5
  const { gradient } = lossPass(data, rows, at)
  const curvature = curvaturePass(data, rows, at)
  for (let j = 0; j < 3; j++) {
    const [up, down] = [lossPass(data, rows, at.with(j, at[j]! + step)), lossPass(data, rows, at.with(j, at[j]! - step))] // prettier-ignore
    expect((up.loss - down.loss) / (2 * step)).toBeCloseTo(gradient[j]!, 9)
    for (let k = 0; k <= j; k++) {
      expect((up.gradient[k]! - down.gradient[k]!) / (2 * step)).toBeCloseTo(curvature[j]![k]!, 8)
    }
  }
})

test('the loss stays finite however sure a wrong prediction is', () => {
  const data = standardise(Float64Array.of(0, 1), 1, Uint8Array.of(1, 0))
  const { loss, gradient } = lossPass(data, Uint32Array.of(0, 1), Float64Array.of(0, 5000))
  expect(loss).toBeCloseTo(5000, 9)
  expect(gradient[1]).toBeCloseTo(1, 12)
})
