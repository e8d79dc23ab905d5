import { expect, test } from 'vitest'
import { apertureAt } from '../../scenarios/kit/window.ts'

/** How far the chance has risen at each instant, in milliseconds since the window's beginning. */
const strengths = (during: Parameters<typeof apertureAt>[0], instants: readonly number[]) => instants.map((at) => apertureAt(during, at).strength)
const edges = (during: Parameters<typeof apertureAt>[0], instants: readonly number[]) => instants.map((at) => apertureAt(during, at).next)

test('without a window a rule is always in force, and nothing ever changes that', () => {
  expect(apertureAt(undefined, 0)).toEqual({ strength: 1, next: undefined })
  expect(apertureAt({}, 1e12)).toEqual({ strength: 1, next: undefined })
})

test('`after` keeps it shut up to its very instant, then it is open for good', () => {
  const during = { after: 5000 }
  expect(strengths(during, [0, 4999, 5000, 1e12])).toEqual([0, 0, 1, 1])
  expect(edges(during, [0, 4999, 5000])).toEqual([5000, 5000, undefined])
})

test('`for` shuts it for good: open at its first millisecond, shut at the one after its last', () => {
  const during = { for: 30_000 }
  expect(strengths(during, [0, 29_999, 30_000, 1e12])).toEqual([1, 1, 0, 0])
  expect(edges(during, [0, 29_999, 30_000])).toEqual([30_000, 30_000, undefined])
})

test('`after` and `for` together: so long after `after`, not after the beginning', () => {
  expect(strengths({ after: 5000, for: 30_000 }, [4999, 5000, 34_999, 35_000])).toEqual([0, 1, 1, 0])
})

test('`every` counts from one opening to the next, and goes on for ever', () => {
  const during = { after: 5000, for: 30_000, every: 120_000 }
  const far = 5000 + 1_000_000 * 120_000
  expect(strengths(during, [5000, 35_000, 124_999, 125_000, 154_999, 155_000, far - 1, far, far + 30_000])).toEqual([1, 0, 0, 1, 1, 0, 0, 1, 0])
  expect(edges(during, [0, 5000, 35_000, 125_000, 155_000])).toEqual([5000, 35_000, 125_000, 155_000, 245_000])
})

test('a window that opens again before it has shut is never shut', () => {
  const during = { for: 10_000, every: 10_000 }
  expect(strengths(during, [0, 9999, 10_000, 10_001, 25_000])).toEqual([1, 1, 1, 1, 1])
})

test('a window longer than its round is open always, and begins its round anew all the same', () => {
  expect(strengths({ for: 15_000, every: 10_000 }, [0, 9999, 10_000, 19_999])).toEqual([1, 1, 1, 1])
})

test('`ramp` rises in a straight line from nothing, and stays at the top', () => {
  expect(strengths({ ramp: 10_000 }, [0, 1, 2500, 5000, 10_000, 60_000])).toEqual([0, 0.0001, 0.25, 0.5, 1, 1])
})

test('`ramp` begins at each opening', () => {
  expect(strengths({ after: 1000, for: 20_000, every: 60_000, ramp: 10_000 }, [999, 1000, 6000, 11_000, 21_000, 61_000, 66_000])).toEqual([
    0, 0, 0.5, 1, 0, 0, 0.5,
  ])
})

test('a window cut off before its ramp is over never reaches the top', () => {
  expect(strengths({ for: 5000, ramp: 10_000 }, [4999, 5000])).toEqual([0.4999, 0])
})

test('fractions of a millisecond lie on one side of an edge or the other', () => {
  expect(strengths({ after: 0.5, for: 0.25 }, [0.4999, 0.5, 0.7499, 0.75])).toEqual([0, 1, 1, 0])
})
