import { describe, expect, test } from 'vitest'
import { brief, bytes, counted, fixed, percent, upTo, whole } from '../../src/core/figure'

describe('figures as people read them', () => {
  test.each<[string, string]>([
    [whole(7043), '7,043'],
    [whole(-5), '−5'],
    [whole(-0), '0'],
    [fixed(0.8444, 3), '0.844'],
    [fixed(0.5, 3), '0.500'],
    [upTo(12.5, 2), '12.5'],
    [upTo(-0, 2), '0'],
    [percent(0.2654, 1), '26.5%'],
    [percent(1), '100%'],
    [brief(19.85), '19.9'],
    [brief(8672.4), '8,672'],
    [brief(0.0512), '0.0512'],
    [brief(-3.456), '−3.46'],
    [bytes(999), '999 bytes'],
    [bytes(1_955_004), '2.0 MB'],
    [bytes(180_000_000), '180 MB'],
    [counted(1, 'customer'), '1 customer'],
    [counted(7043, 'customer'), '7,043 customers'],
    [counted(2, 'column has gaps', 'columns have gaps'), '2 columns have gaps'],
  ])('%s', (found, expected) => expect(found).toBe(expected))
})

test('what rounds to nothing has no sign', () => {
  expect([fixed(-0.001, 2), whole(-0.2), upTo(-0.004, 2), percent(-0.0001), fixed(-0.006, 2)]).toEqual(['0.00', '0', '0', '0%', '−0.01']) // prettier-ignore
})
