import { expect, test } from 'vitest'
import { config } from '../../contracts/config.ts'
import { type Happening, Journal } from '../../mocks/kit/journal.ts'

const happening = (target: string, body = ''): Happening => ({
  startedAt: 0,
  endedAt: 0,
  arrival: 1,
  contract: config,
  operation: undefined,
  direction: 'in',
  request: { method: 'POST', target, headers: '', body },
  outcome: { kind: 'close' },
  injections: [],
  problem: undefined,
  violations: [],
  failure: undefined,
  gone: false,
})
const targets = (journal: Journal) => journal.entries().map(({ request }) => request.target)
const filled = (journal: Journal, count: number, body = '') => {
  for (let n = 1; n <= count; n += 1) journal.add(happening(`/${n}`, body))
  return journal
}

test('the oldest make room for the newest, and are counted', () => {
  const journal = filled(new Journal(0, 3), 7)
  expect(targets(journal)).toEqual(['/5', '/6', '/7'])
  expect([journal.total, journal.dropped]).toEqual([7, 4])
})

test('bodies make room too: a thousand small exchanges fit where ten big ones do not', () => {
  const journal = filled(new Journal(0, 10_000, 10_000), 1000)
  expect(journal.dropped).toBe(0)
  filled(journal, 10, 'x'.repeat(2000))
  expect(targets(journal)).toEqual(['/7', '/8', '/9', '/10'])
  expect([journal.total, journal.dropped]).toEqual([1010, 1006])
})

test('a body bigger than all the room is not kept, and keeps nothing else from being kept', () => {
  const journal = filled(new Journal(0, 100, 1000), 1, 'x'.repeat(2000))
  expect([journal.total, journal.dropped, journal.entries()]).toEqual([1, 1, []])
  expect(targets(filled(journal, 2))).toEqual(['/1', '/2'])
})

test('replies and headers weigh as requests do', () => {
  const journal = new Journal(0, 100, 1000)
  for (let n = 1; n <= 3; n += 1) {
    journal.add({ ...happening(`/${n}`), outcome: { kind: 'reply', reply: { status: 200, headers: ['x-long', 'x'.repeat(300)], body: 'y'.repeat(300) } } })
  }
  expect(targets(journal)).toEqual(['/3'])
})

test('one exchange is found by its number, while it is kept', () => {
  const journal = filled(new Journal(0, 3), 7)
  expect([4, 5, 7, 8].map((seq) => journal.entry(seq)?.request.target)).toEqual([undefined, '/5', '/7', undefined])
})

test('who follows hears each exchange until it stops', () => {
  const journal = new Journal(0, 2)
  const heard: string[] = []
  const stop = journal.follow(({ seq, request }) => heard.push(`${seq} ${request.target}`))
  filled(journal, 3)
  stop()
  filled(journal, 1)
  expect(heard).toEqual(['1 /1', '2 /2', '3 /3'])
})

test('a journal that may keep nothing still counts', () => {
  const journal = filled(new Journal(0, 0), 3)
  expect([journal.total, journal.dropped, journal.entries()]).toEqual([3, 3, []])
})

test('after a reset it counts from one again', () => {
  const journal = filled(new Journal(0, 3, 1000), 7, 'x'.repeat(100))
  journal.reset()
  expect([journal.total, journal.dropped, journal.entries()]).toEqual([0, 0, []])
  expect(filled(journal, 1).entries()).toMatchObject([{ seq: 1 }])
})
