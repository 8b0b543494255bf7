import { expect, test } from 'vitest'
import { manualCsv } from '../../../src/core/manual/manual-csv'

test('what was filled in is a file of its own, with earlier days, and nothing in it runs as a formula', () => {
  const columns = [
    { id: 'p', name: 'Pulse', kind: 'number' },
    { id: 'm', name: '=Mood', kind: 'choice', choices: ['+1', 'Bad'] },
  ] as const
  const values = [
    { customer: '0012', column: 'm', value: '+1', day: '2026-08-14', note: '=HYPERLINK("x")' },
    {
      customer: 'A,1',
      column: 'p',
      value: -4,
      day: '2026-08-14',
      earlier: [{ value: 5, day: '2026-01-31', note: 'call' }],
    },
    { customer: 'B', column: 'gone', value: 1, day: '2026-08-14' },
  ]
  expect(manualCsv(columns, values).split('\r\n')).toEqual([
    'Customer ID,Column,Value,Date,Note',
    '"A,1",Pulse,-4,2026-08-14,',
    '"A,1",Pulse,5,2026-01-31,call',
    `0012,'=Mood,'+1,2026-08-14,"'=HYPERLINK(""x"")"`,
    '',
  ])
})
