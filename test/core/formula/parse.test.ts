import { describe, expect, test } from 'vitest'
import { describeFormula } from '../../../src/core/formula/formula-problem'
import { parseFormula, type Tree } from '../../../src/core/formula/parse'

/** A tree with a bracket around every step. */
function spelled(tree: Tree): string {
  switch (tree.kind) {
    case 'number':
    case 'boolean':
      return String(tree.value)
    case 'text':
      return `"${tree.value}"`
    case 'column':
      return `[${tree.name}]`
    case 'negate':
      return `(-${spelled(tree.of)})`
    case 'percent':
      return `(${spelled(tree.of)}%)`
    case 'binary':
      return `(${spelled(tree.left)}${tree.operator}${spelled(tree.right)})`
    case 'call':
      return `${tree.name}(${tree.values.map(spelled).join(',')})`
  }
}

function read(formula: string): string {
  const tree = parseFormula(formula)
  return tree.ok ? spelled(tree.value) : describeFormula(tree.failure)
}

describe('a formula is read as a sheet reads it', () => {
  test.each([
    ['=1+2*3', '(1+(2*3))'],
    ['1-2-3', '((1-2)-3)'],
    ['=-2^2', '((-2)^2)'],
    ['2^3^2', '((2^3)^2)'],
    ['2^-1', '(2^(-1))'],
    ['50%*2', '((50%)*2)'],
    ['[a]&"x"="ax"', '(([a]&"x")="ax")'],
    ['1+1<3', '((1+1)<3)'],
    ['(1+2)*3', '((1+2)*3)'],
    ['--1', '1'],
    ['1e3+.5', '(1000+0.5)'],
  ])('%s is %s', (formula, tree) => expect(read(formula)).toBe(tree))

  test('columns stand in brackets, or bare where the name is a word', () => {
    expect(read('[Logins 30d]/seats')).toBe('([Logins 30d]/[seats])')
    expect(read('[a]]b]')).toBe('[a]b]')
    expect(read('Besuche_2')).toBe('[Besuche_2]')
  })

  test('functions are written in any case, with commas or semicolons', () => {
    expect(read('if(x<1;2;true)')).toBe('IF(([x]<1),2,true)')
    expect(read('Sum( 1 , 2 )')).toBe('SUM(1,2)')
  })

  test('a quote within a text is written twice', () => expect(read('="say ""hi"""')).toBe('"say "hi""'))
})

describe('what is wrong comes with its position and what was expected', () => {
  test.each([
    ['=', 'Type a formula, such as =[Logins] < 3.'],
    ['=1+', 'The formula ends where a column, a number, a text or a function is expected (character 4).'],
    ['=(1', 'The formula ends where a closing bracket ) is expected (character 4).'],
    ['=1 2', '“2” stands where an operator or the end is expected (character 4).'],
    ['=SUM(1 2)', '“2” stands where a comma or a closing bracket ) is expected (character 8).'],
    ['="open', 'A text ends with a quote " (character 2).'],
    ['=[open', 'A column’s name ends with a bracket ] (character 2).'],
    ['=1 # 2', '“#” means nothing in a formula (character 4).'],
    [`=${'('.repeat(200)}1`, 'The formula has too many brackets inside each other (character 102).'],
  ])('%s', (formula, words) => expect(read(formula)).toBe(words))

  test('a formula longer than any sheet takes is not read', () => {
    expect(read(`=${'1+'.repeat(5000)}1`)).toMatch(/too long/)
  })
})
