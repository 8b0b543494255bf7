import type { Join, Recipe, RecipeFile } from './recipe'

/** How a file differs from the one that the recipe was made with. */
interface ColumnChanges {
  readonly file: string
  readonly came: readonly string[]
  readonly went: readonly string[]
}

export interface FittedRecipe {
  readonly recipe: Recipe
  readonly changes: readonly ColumnChanges[]
}

/** Share of the columns of either file that have to be in both before they are taken for the same export. */
const LEAST_ALIKE = 0.6

/**
 * A remembered recipe for other files: next month's, known by their columns and not by their names. What needs a column
 * that is gone is left out of it and told among the changes. Undefined where a file has no counterpart, or its key is
 * gone.
 */
export function fitRecipe(
  recipe: Recipe,
  files: readonly { readonly name: string; readonly columns: readonly string[] }[],
): FittedRecipe | undefined {
  const free = [...files]
  const found = new Map<string, (typeof files)[number]>()
  for (const file of recipe.files) {
    const [best] = free.toSorted((a, b) => alike(b.columns, file.columns) - alike(a.columns, file.columns))
    if (!best || alike(best.columns, file.columns) < LEAST_ALIKE) return undefined
    free.splice(free.indexOf(best), 1)
    found.set(file.name, best)
  }
  const nameOf = (name: string): string => found.get(name)?.name ?? name
  const fitted = recipe.files.map((file): RecipeFile | undefined => {
    const { name, columns } = found.get(file.name)!
    if (!file.join) return { name, columns }
    const join = fitJoin(file.join, columns, found.get(file.join.file)?.columns ?? [], nameOf)
    return join && { name, columns, join }
  })
  if (fitted.some((file) => file === undefined)) return undefined
  const changes = recipe.files.map((file) => changesOf(file, found.get(file.name)!))
  return {
    recipe: { ...recipe, files: fitted.filter((file) => file !== undefined) },
    changes: changes.filter(({ came, went }) => came.length + went.length > 0),
  }
}

/** Columns that both have, of all that either has. */
function alike(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((name) => b.includes(name)).length
  return both / Math.max(1, a.length + b.length - both)
}

function fitJoin(
  join: Join,
  own: readonly string[],
  other: readonly string[],
  nameOf: (name: string) => string,
): Join | undefined {
  if (!own.includes(join.key) || !other.includes(join.with)) return undefined
  const { date, ...rest } = join
  const dated = date !== undefined && own.includes(date)
  return {
    ...rest,
    file: nameOf(join.file),
    ...(dated && { date }),
    columns: join.columns.filter(
      ({ column, window }) => (column === undefined || own.includes(column)) && (dated || !window),
    ),
  }
}

function changesOf(
  before: RecipeFile,
  now: { readonly name: string; readonly columns: readonly string[] },
): ColumnChanges {
  return {
    file: now.name,
    came: now.columns.filter((name) => !before.columns.includes(name)),
    went: before.columns.filter((name) => !now.columns.includes(name)),
  }
}
