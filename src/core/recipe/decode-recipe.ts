import { isPlainObject, type PlainObject } from '../model/json'

/** Says where a recipe is wrong, and what was expected. */
export class WrongRecipe extends Error {}

/** @throws WrongRecipe */
export function object(value: unknown, place: string): PlainObject {
  if (!isPlainObject(value)) throw new WrongRecipe(`${place}: an object is expected.`)
  return value
}

/** @throws WrongRecipe */
export function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new WrongRecipe(`${place}: a list is expected.`)
  return value
}

/** @throws WrongRecipe */
export function text(value: unknown, place: string): string {
  if (typeof value !== 'string') throw new WrongRecipe(`${place}: a text is expected.`)
  return value
}

/** One of some words, or nothing. @throws WrongRecipe */
export function oneOf<Word extends string>(value: unknown, words: readonly Word[], place: string): Word | undefined {
  if (value === undefined) return undefined
  const found = words.find((each) => each === value)
  if (found === undefined) throw new WrongRecipe(`${place}: one of ${words.join(', ')} is expected.`)
  return found
}
