/** What a typed or pasted text came to: its value, or why it cannot be taken, in words for beside the cell. */
export type Typed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: string }

function taken<Value>(value: Value): Typed<Value> {
  return { ok: true, value }
}

function refused(why: string): { readonly ok: false; readonly why: string } {
  return { ok: false, why }
}

/** A plain decimal; undefined for anything else, words of numbers such as NaN and Infinity too. */
function decimal(text: string): number | undefined {
  const plain = text.trim().replace('−', '-')
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined
}

/** "1,5" is one and a half to half of the world and fifteen to nobody. */
function hasComma(text: string): string | undefined {
  const point = text.trim().replace(',', '.')
  return /,/.test(text) && decimal(point) !== undefined ? `Use a point: ${point}` : undefined
}

function within(text: string, least: number, most: number, what: string): Typed<number> {
  const value = decimal(text)
  if (text.trim() === '') return refused(`Type a number from ${least} to ${most}`)
  if (value === undefined) return refused(hasComma(text) ?? `“${text.trim().slice(0, 20)}” is not a number`)
  if (value < least || value > most) return refused(`${what} is from ${least} to ${most}`)
  if (Math.abs(value * 100 - Math.round(value * 100)) > 1e-9 || (value > 0 && Math.round(value * 100) === 0)) {
    return refused('At most two decimals')
  }
  return taken(Math.round(value * 100) / 100)
}

/** A weight: 0…100, at most two decimals. */
export function typedWeight(text: string): Typed<number> {
  return within(text, 0, 100, 'A weight')
}

/** A subtotal of weights: 0…10,000. */
export function typedSubtotal(text: string): Typed<number> {
  return within(text, 0, 10_000, 'A subtotal')
}

/** Points: 0…100, at most two decimals; "pts" may follow. */
export function typedPoints(text: string): Typed<number> {
  return within(text.replace(/\s*(?:pts|points)\s*$/i, ''), 0, 100, 'Points')
}

/** What a missing value does: "skip", or points. */
export function typedMissing(text: string): Typed<'skip' | number> {
  return /^(?:skip)?$/i.test(text.trim()) ? taken('skip' as const) : typedPoints(text)
}

/** A cut: a score between its neighbours, at most two decimals. */
export function typedCut(text: string, least: number, most: number): Typed<number> {
  const cut = within(text, 0, 100, 'A cut')
  if (!cut.ok || (cut.value >= least && cut.value <= most)) return cut
  return refused(`From ${least} to ${most}: cuts cannot cross`)
}

/** A number of a scale or of a mark: any finite one. */
export function typedNumber(text: string): Typed<number> {
  const value = decimal(text.trim().replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1'))
  if (value === undefined) return refused(hasComma(text) ?? `“${text.trim().slice(0, 20)}” is not a number`)
  return Number.isFinite(value) ? taken(value + 0) : refused('Too large a number')
}

/** A name: any text that is not blank, at most 200 characters. */
export function typedName(text: string): Typed<string> {
  const name = text.trim()
  if (name === '') return refused('Type a name')
  return name.length > 200 ? refused('At most 200 characters') : taken(name)
}

/** An amount of money: 0…1,000,000,000, at most two decimals; thousands may be set apart by commas. */
export function typedAmount(text: string): Typed<number> {
  const plain = /^\s*\d{1,3}(?:,\d{3})+(?:\.\d*)?\s*$/.test(text) ? text.replaceAll(',', '') : text
  return within(plain, 0, 1e9, 'An amount')
}

/** A share in percent, 0…100, at most two decimals; "%" may follow. As a share of 0…1. */
export function typedShare(text: string): Typed<number> {
  const share = within(text.replace(/\s*%\s*$/, ''), 0, 100, 'A share')
  return share.ok ? taken(share.value / 100) : share
}

/** A count: a whole number from 1 to 1,000,000,000. */
export function typedCount(text: string): Typed<number> {
  const count = typedAmount(text)
  if (!count.ok) return count
  return Number.isInteger(count.value) && count.value >= 1 ? count : refused('Type a whole number, 1 or more')
}
