import { expect, test } from 'vitest'
import { renameColumn } from '../../../src/core/formula/rename-column'

test.each([
  ['=Pulse < 3', 'Pulse', 'Mood', '=[Mood] < 3'],
  [
    '=AND([Pulse] < 3, NOT([Pulse] = -[Pulse]%), x > 1)',
    'Pulse',
    'A ]b',
    '=AND([A ]]b] < 3, NOT([A ]]b] = -[A ]]b]%), x > 1)',
  ],
  ['CONTAINS([Notes], "[Pulse]")', 'Pulse', 'Mood', 'CONTAINS([Notes], "[Pulse]")'],
  ['=[Pulse] <', 'Pulse', 'Mood', '=[Pulse] <'],
])('%s with %s called %s is %s', (formula, from, to, renamed) => {
  expect(renameColumn(formula, from, to)).toBe(renamed)
})
