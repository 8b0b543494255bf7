import type { Problem } from './problem'

/** What a step gives when a user may have to fix its input: the value, or every problem found. */
export type Result<Value, Failure = readonly Problem[]> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure }

/** A result that holds `value`. */
export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

/** A result that holds what went wrong. */
export function failure<Failure>(what: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: what }
}
