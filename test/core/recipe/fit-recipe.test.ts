import { describe, expect, test } from 'vitest'
import { fitRecipe } from '../../../src/core/recipe/fit-recipe'
import type { Recipe } from '../../../src/core/recipe/recipe'

const recipe: Recipe = {
  files: [
    { name: 'June.csv', columns: ['id', 'plan', 'mrr'] },
    {
      name: 'June usage.csv',
      columns: ['id', 'day', 'n', 'm'],
      join: {
        ...{ key: 'id', file: 'June.csv', with: 'id', ignoreCase: true, ignoreZeros: false, date: 'day' },
        columns: [
          { name: 'n', how: 'sum', column: 'n' },
          { name: 'm', how: 'sum', column: 'm' },
          { name: 'recent', how: 'count', window: { from: 0, to: 30 } },
        ],
      },
    },
  ],
}
const [main, usage] = recipe.files.map(({ columns }) => columns)

describe('a remembered recipe', () => {
  test('is run on files of other names, known by their columns', () => {
    const fitted = fitRecipe(recipe, [
      { name: 'July usage.csv', columns: usage! },
      { name: 'July.csv', columns: main! },
    ])
    expect(fitted?.changes).toEqual([])
    expect(fitted?.recipe.files.map(({ name, join }) => [name, join?.file, join?.columns.length])).toEqual([
      ['July.csv', undefined, undefined],
      ['July usage.csv', 'July.csv', 3],
    ])
  })

  test('leaves out what needs a column that is gone, and tells what came and went', () => {
    const fitted = fitRecipe(recipe, [
      { name: 'July.csv', columns: [...main!, 'city'] },
      { name: 'July usage.csv', columns: ['id', 'day', 'n'] },
    ])
    expect(fitted?.recipe.files[1]?.join?.columns.map(({ name }) => name)).toEqual(['n', 'recent'])
    expect(fitted?.changes).toEqual([
      { file: 'July.csv', came: ['city'], went: [] },
      { file: 'July usage.csv', came: [], went: ['m'] },
    ])
  })

  test('without the day of a row there is no window', () => {
    const fitted = fitRecipe(recipe, [
      { name: 'July.csv', columns: main! },
      { name: 'July usage.csv', columns: ['id', 'n', 'm'] },
    ])
    expect(fitted?.recipe.files[1]?.join).toMatchObject({ columns: [{ name: 'n' }, { name: 'm' }] })
    expect(fitted?.recipe.files[1]?.join).not.toHaveProperty('date')
  })

  test('does not fit where a file or a key is missing', () => {
    expect(fitRecipe(recipe, [{ name: 'July.csv', columns: main! }])).toBeUndefined()
    expect(
      fitRecipe(recipe, [
        { name: 'July.csv', columns: main! },
        { name: 'July usage.csv', columns: ['day', 'n', 'm'] },
      ]),
    ).toBeUndefined()
  })
})
