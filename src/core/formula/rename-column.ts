import { parseFormula, type Tree } from './parse'

/**
 * A formula that reads a column under its new name, otherwise as typed; the same text where it does not read it or
 * cannot be read.
 * @example renameColumn('=Pulse < 3', 'Pulse', 'Mood') // '=[Mood] < 3'
 */
export function renameColumn(formula: string, from: string, to: string): string {
  const tree = parseFormula(formula)
  if (!tree.ok) return formula
  const name = `[${to.replaceAll(']', ']]')}]`
  // From the last to the first, so that earlier places stay where they are.
  return placesOf(tree.value, from)
    .sort((a, b) => b.at - a.at)
    .reduce((text, { at, length }) => text.slice(0, at) + name + text.slice(at + length), formula)
}

function placesOf(tree: Tree, name: string): Tree[] {
  switch (tree.kind) {
    case 'column':
      return tree.name === name ? [tree] : []
    case 'negate':
    case 'percent':
      return placesOf(tree.of, name)
    case 'binary':
      return [...placesOf(tree.left, name), ...placesOf(tree.right, name)]
    case 'call':
      return tree.values.flatMap((value) => placesOf(value, name))
    default:
      return []
  }
}
