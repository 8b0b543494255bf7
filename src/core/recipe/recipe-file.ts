import { parseJson, type PlainObject } from '../model/json'
import type { ReadingProblem } from '../column/reading-problem'
import { failure, success, type Result } from '../result'
import { cleaningJson, decodeCleaning } from './cleaning-file'
import { list, object, text, WrongRecipe } from './decode-recipe'
export { WrongRecipe } from './decode-recipe'
import { SUMMARIES, type Join, type NewColumn, type Recipe, type RecipeFile } from './recipe'

/** A recipe as a file: JSON with two spaces of indent and keys in an order of their own. */
export function writeRecipe(recipe: Recipe): string {
  return `${JSON.stringify(recipeJson(recipe), undefined, 2)}\n`
}

/** A recipe as it stands in a file, alone or in a model's. */
export function recipeJson({ files, cleaning }: Recipe): object {
  return { files: files.map(fileOf), ...(cleaning && { cleaning: cleaningJson(cleaning) }) }
}

function fileOf({ name, columns, join }: RecipeFile) {
  return { name, columns, ...(join && { join: joinOf(join) }) }
}

function joinOf({ key, file, with: target, ignoreCase, ignoreZeros, date, columns }: Join) {
  return {
    ...{ key, file, with: target, ignoreCase, ignoreZeros },
    ...(date !== undefined && { date }),
    columns: columns.map(columnOf),
  }
}

function columnOf({ name, how, column, where, window }: NewColumn) {
  return {
    ...{ name, how },
    ...(column !== undefined && { column }),
    ...(where !== undefined && { where }),
    ...(window && { window: { from: window.from, to: window.to } }),
  }
}

/** The recipe in a file's text; refused with the place and the reason. */
export function readRecipe(file: string, text: string): Result<Recipe> {
  const refused = (what: string): Result<Recipe> => {
    const problem: ReadingProblem = { about: 'reading', kind: 'recipe', file, what }
    return failure([problem])
  }
  const parsed = parseJson(text)
  if (!parsed.ok) return refused(parsed.failure)
  try {
    return success(decodeRecipe(parsed.value))
  } catch (error) {
    if (error instanceof WrongRecipe) return refused(error.message)
    throw error
  }
}

/** A recipe out of parsed JSON. @throws WrongRecipe */
export function decodeRecipe(value: unknown): Recipe {
  const { files, cleaning } = object(value, 'recipe')
  return {
    files: list(files, 'files').map(decodeFile),
    ...(cleaning !== undefined && { cleaning: decodeCleaning(cleaning) }),
  }
}

function decodeFile(value: unknown, at: number): RecipeFile {
  const place = `files, ${at + 1}`
  const { name, columns, join } = object(value, place)
  return {
    name: text(name, `${place}, name`),
    columns: list(columns, `${place}, columns`).map((each) => text(each, `${place}, columns`)),
    ...(join !== undefined && { join: decodeJoin(object(join, `${place}, join`), `${place}, join`) }),
  }
}

function decodeJoin(join: PlainObject, place: string): Join {
  return {
    key: text(join['key'], `${place}, key`),
    file: text(join['file'], `${place}, file`),
    with: text(join['with'], `${place}, with`),
    ignoreCase: join['ignoreCase'] === true,
    ignoreZeros: join['ignoreZeros'] === true,
    ...(join['date'] !== undefined && { date: text(join['date'], `${place}, date`) }),
    columns: list(join['columns'], `${place}, columns`).map((each, i) => {
      const at = `${place}, columns, ${i + 1}`
      return decodeColumn(object(each, at), at)
    }),
  }
}

function decodeColumn(value: PlainObject, place: string): NewColumn {
  const how = SUMMARIES.find((each) => each === value['how'])
  if (!how) throw new WrongRecipe(`${place}, how: one of ${SUMMARIES.join(', ')} is expected.`)
  return {
    name: text(value['name'], `${place}, name`),
    how,
    ...(value['column'] !== undefined && { column: text(value['column'], `${place}, column`) }),
    ...(value['where'] !== undefined && { where: text(value['where'], `${place}, where`) }),
    ...(value['window'] !== undefined && { window: decodeWindow(object(value['window'], `${place}, window`), place) }),
  }
}

function decodeWindow({ from, to }: PlainObject, place: string): { from: number; to: number } {
  if (typeof from !== 'number' || typeof to !== 'number' || !(from >= 0 && to > from))
    throw new WrongRecipe(`${place}, window: it goes from so many days before the as-of day to more days before it.`)
  return { from, to }
}
