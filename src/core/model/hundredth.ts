/** Whether a number is from 0 to `most` with at most two decimals. */
export function isHundredth(value: number, most: number): boolean {
  const hundredths = Math.round(value * 100)
  return value >= 0 && value <= most && Math.abs(value * 100 - hundredths) < 1e-9 && (value === 0 || hundredths > 0)
}
