import { expect, test } from 'vitest'
import { Habits } from '../../contracts/drift/evidence/habits.ts'

const [monday, tuesday, wednesday] = ['1.0', '1.1', '1.2'].map((version) => ({ recording: `${version}.har`, version })) as [Session, Session, Session]
interface Session {
  recording: string
  version: string
}

/** Six replies of one session, a millisecond apart. */
function say(habits: Habits, session: Session, from: number, body: (n: number) => object): void {
  for (let n = 0; n < 6; n += 1) habits.learn(session, from + n, n, body(n))
}

const told = (habits: Habits) =>
  habits.changes.map(({ pointer, change, was, is, before, after }) => [pointer, change, was, is, before.session.version, after.session.version])

test('a session that does as those before tells of no change, whatever its values', () => {
  const habits = new Habits()
  for (const [at, session] of [monday, tuesday, wednesday].entries()) say(habits, session, at * 1000, (n) => ({ id: at * 10 + n, note: n % 2 ? null : 'x' }))
  expect(told(habits)).toEqual([])
})

test('a type and a member that were always the same and are others now, or gone, are changes', () => {
  const habits = new Habits()
  say(habits, monday, 0, (n) => ({ total: n, unit: 'INR' }))
  say(habits, tuesday, 1000, (n) => ({ total: String(n) }))
  expect(told(habits)).toEqual([
    ['/total', 'type', 'number', 'text', '1.0', '1.1'],
    ['/unit', 'removed', 'text', 'absent', '1.0', '1.1'],
  ])
})

test('a member that was only sometimes there, and digits that look like a format by chance, are none', () => {
  const habits = new Habits()
  say(habits, monday, 0, (n) => ({ code: `1${n}`, ...(n === 0 ? {} : { unit: 'INR' }) }))
  say(habits, tuesday, 1000, (n) => ({ code: `a-${n}` }))
  expect(told(habits)).toEqual([])
})

test('a recording that is read after a later one tells of no change', () => {
  const habits = new Habits()
  say(habits, tuesday, 1000, (n) => ({ total: n }))
  say(habits, monday, 0, (n) => ({ total: String(n) }))
  expect(told(habits)).toEqual([])
})
