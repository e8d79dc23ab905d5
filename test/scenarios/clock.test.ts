import { expect, test, vi } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import { duration } from '../../scenarios/kit/duration.ts'
import { script } from './script.ts'

const frozen = () => new Clock('2026-01-17T09:15:30Z')

test('a clock with a start stands still there', () => {
  expect(frozen().iso()).toBe('2026-01-17T09:15:30.000Z')
  expect(frozen().frozen).toBe(true)
})

test('an instant without a zone is UTC, as Python services write it', () => {
  expect(new Clock('2026-01-17T09:15:30.5').iso()).toBe('2026-01-17T09:15:30.500Z')
})

test('what falls due on the way happens in its order, each at its own instant', () => {
  const clock = frozen()
  const happened: string[] = []
  const note = (what: string) => () => happened.push(`${what} ${clock.iso().slice(14, 19)}`)
  clock.after('30s', note('late'))
  clock.after('10s', note('early'))
  clock.after('10s', note('as early, asked later'))
  clock.after('61s', note('too late'))
  expect(clock.advance('60s')).toBe(3)
  expect(happened).toEqual(['early 15:40', 'as early, asked later 15:40', 'late 16:00'])
  expect(clock.iso()).toBe('2026-01-17T09:16:30.000Z')
})

test('a task may put the next one on the clock, and an advance far enough runs it too', () => {
  const clock = frozen()
  const ticks: number[] = []
  const tick = () => {
    ticks.push(clock.now())
    if (ticks.length < 5) clock.after('1s', tick)
  }
  clock.after('1s', tick)
  clock.advance('1m')
  expect(ticks).toHaveLength(5)
})

test('a cancelled task does not run', () => {
  const clock = frozen()
  const timer = clock.after('1s', () => expect.unreachable())
  timer.cancel()
  timer.cancel()
  expect(clock.advance('2s')).toBe(0)
})

test('a reset drops what waits, and says how much', () => {
  const clock = frozen()
  clock.after('1s', () => expect.unreachable())
  clock.advance('500ms')
  expect(clock.reset()).toBe(1)
  expect(clock.iso()).toBe('2026-01-17T09:15:30.000Z')
  expect(clock.advance('1h')).toBe(0)
})

test('what merely follows the clock runs at its instant among the tasks, and counts neither as waiting nor as dropped', () => {
  const clock = frozen()
  const happened: string[] = []
  clock.after('2s', () => happened.push('task'))
  clock.at(clock.now() + 1000, () => happened.push('follower'))
  clock.at(clock.now() + 2000, () => happened.push('as early, asked later'))
  expect(clock.pending).toBe(1)
  clock.advance('2s')
  expect(happened).toEqual(['follower', 'task', 'as early, asked later'])
})

test('an instant that has passed is due at once, at the next turn of the clock', () => {
  const clock = frozen()
  let ran = false
  clock.at(clock.now() - 5000, () => {
    ran = true
  })
  expect(ran).toBe(false)
  expect([clock.advance(0), ran, clock.iso()]).toEqual([1, true, '2026-01-17T09:15:30.000Z'])
})

test('what follows the clock is told when a reset drops it, once, and can be cancelled without a word', () => {
  const clock = frozen()
  const dropped: string[] = []
  clock.at(
    clock.now() + 1000,
    () => expect.unreachable(),
    () => dropped.push('followed'),
  )
  clock
    .at(
      clock.now() + 1000,
      () => expect.unreachable(),
      () => dropped.push('cancelled'),
    )
    .cancel()
  expect([clock.reset(), clock.reset()]).toEqual([0, 0])
  expect(dropped).toEqual(['followed'])
})

test('a stopped clock takes nothing on: what would follow it is dropped at once', async () => {
  const clock = frozen()
  const waits = clock.until(clock.now() + 1000)
  clock.stop()
  expect(await waits).toBe(false)
  expect(await clock.until(clock.now() + 1000)).toBe(false)
  expect(await clock.until(clock.now())).toBe(true)
  clock.after('0s', () => expect.unreachable())
  expect(clock.advance('1h')).toBe(0)
})

test('waiting until an instant ends when it comes, and at once when it has passed', async () => {
  const clock = frozen()
  const ended: string[] = []
  const wait = async (seconds: number) => void ended.push(`${seconds} ${await clock.until(clock.now() + seconds * 1000)}`)
  const all = [wait(30), wait(10), wait(0), wait(-5)]
  await Promise.all(all.slice(2))
  expect(ended).toEqual(['0 true', '-5 true'])
  clock.advance('29s')
  await all[1]
  expect(ended).toEqual(['0 true', '-5 true', '10 true'])
  clock.reset()
  await all[0]
  expect(ended.at(-1)).toBe('30 false')
})

test('exchanges that sleep wake in the order of their instants, and the journal has each at its own, however far the clock was moved', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  const sleeps = Array.from({ length: 500 }, (_, n) => ((n * 7919) % 60_000) + 1)
  const rules = sleeps.map((ms, n) => ({
    when: { path: `/${n}` },
    inject: [{ fault: 'latency' as const, ms }],
  }))
  suite.lane(0).director.play(script({ rules }))
  const asked = sleeps.map((_, n) => suite.fetch('config', `/${n}`))
  await new Promise(setImmediate)
  expect(suite.clock.advance('61s')).toBe(500)
  await Promise.all(asked)
  const entries = suite.journal.entries()
  expect(entries.map(({ milliseconds }) => milliseconds)).toEqual(sleeps.toSorted((one, other) => one - other))
  expect(entries.map(({ milliseconds, request }) => [request.target, milliseconds])).toEqual(expect.arrayContaining(sleeps.map((ms, n) => [`/${n}`, ms])))
  expect(new Set(entries.map(({ at }) => at))).toEqual(new Set(['2026-01-17T09:15:30.000Z']))
})

test('waits one after the other add up exactly, each from the end of the one before', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  const waits = [7000, 11_000, 13_000].map((ms) => ({ fault: 'latency' as const, ms }))
  suite.lane(0).director.play(script({ rules: [{ when: { any: true }, inject: waits }] }))
  const asked = [suite.fetch('config', '/health'), suite.fetch('config', '/health')]
  await new Promise(setImmediate)
  suite.clock.advance('20s')
  await new Promise(setImmediate)
  expect(suite.journal.total).toBe(0)
  suite.clock.advance('1h')
  await Promise.all(asked)
  expect(suite.journal.entries().map(({ milliseconds }) => milliseconds)).toEqual([31_000, 31_000])
})

test('a running clock follows real time plus what it was advanced', () => {
  let real = 1_000_000
  const clock = new Clock(undefined, () => real)
  clock.advance('10s')
  real += 500
  expect(clock.now()).toBe(1_010_500)
})

test('frozen, it does not follow; resumed, it goes on from where it stood', () => {
  let real = 1_000_000
  const clock = new Clock(undefined, () => real)
  clock.freeze()
  real += 60_000
  expect(clock.now()).toBe(1_000_000)
  clock.resume()
  real += 250
  expect(clock.now()).toBe(1_000_250)
})

test('in real time a task runs by itself when it is due', async () => {
  const clock = new Clock()
  await new Promise<void>((resolve) => clock.after('5ms', resolve))
  expect(clock.pending).toBe(0)
})

test('a task of a frozen clock waits until time goes on', async () => {
  const clock = frozen()
  let ran = false
  clock.after('1ms', () => {
    ran = true
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(ran).toBe(false)
  clock.resume()
  await expect.poll(() => ran).toBe(true)
})

test.each([
  ['250ms', 250],
  ['1.5s', 1500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['30d', 2_592_000_000],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(duration(text)).toBe(milliseconds)
})

test.each(['5', 's', '', '-1s', '1 week', '5 s'])('the duration %j is refused, with what to write instead', (text) => {
  expect(() => duration(text)).toThrow(/could not read the duration .* Write it like 250ms/)
})

test.each(['yesterday', '2026-13-45T00:00:00Z', ''])('the instant %j is refused', (text) => {
  expect(() => new Clock(text)).toThrow(/could not read the instant/)
})

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, '-5s', '61', 'soon', '99999999999d'])(
  'an advance by %s is refused, and the clock stays where it was',
  (by) => {
    const clock = frozen()
    expect(() => clock.advance(by)).toThrow(/could not (advance|read the duration)/)
    expect(clock.iso()).toBe('2026-01-17T09:15:30.000Z')
  },
)

test.each(['', 'yesterday', '5', '17/01/2026', '2026-13-01', '-000001-01-01T00:00:00Z', '+010000-01-01T00:00:00Z', Number.NaN, 8e15])(
  '%s is no instant',
  (at) => {
    expect(() => frozen().freeze(at)).toThrow('could not read the instant')
  },
)

test('a task that always puts itself back ends the advance, not the process', () => {
  const clock = frozen()
  const again = () => void clock.after('0s', again)
  again()
  expect(() => clock.advance('1s')).toThrow('Advance in smaller steps')
})

test('a task that throws takes nothing from those after it', () => {
  const clock = frozen()
  const happened: string[] = []
  clock.after('1s', () => {
    throw new Error('a broken task')
  })
  clock.after('2s', () => happened.push('the next'))
  expect(() => clock.advance('5s')).toThrow('a broken task')
  expect(clock.advance('5s')).toBe(1)
  expect(happened).toEqual(['the next'])
})

test('time never runs backwards over a task: not when it takes a while, not when it moves the clock on by itself', () => {
  let real = 1000
  const running = new Clock(undefined, () => real)
  running.after('1s', () => void (real += 500))
  running.advance('1s')
  expect(running.now()).toBe(2500)

  const clock = frozen()
  clock.after('1s', () => void clock.advance('1h'))
  clock.advance('10s')
  expect(clock.iso()).toBe('2026-01-17T10:15:31.000Z')
})

test('a task may reset its clock: it stands where it started, and what else was due is dropped', () => {
  const clock = frozen()
  const happened: string[] = []
  clock.after('1s', () => void clock.reset())
  clock.after('2s', () => happened.push('of the time before'))
  expect(clock.advance('10s')).toBe(1)
  expect([clock.iso(), happened, clock.pending]).toEqual(['2026-01-17T09:15:30.000Z', [], 0])
})

test('a task happens at a whole millisecond, and never before its time', () => {
  const clock = frozen()
  const at: number[] = []
  clock.after('1.4ms', () => at.push(clock.now()))
  clock.advance('5ms')
  expect(at).toEqual([Date.parse('2026-01-17T09:15:30.002Z')])
})

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('a task after %s is refused, and those on the clock stay in order', (delay) => {
  expect(() => frozen().after(delay, () => {})).toThrow(/could not wait/)
})

/** A clock that runs, and the time that it runs on. */
function running() {
  const real = { time: 1000 }
  return { real, clock: new Clock(undefined, () => real.time) }
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('what is done in one instant sees no other, however long it takes; then time is where it would be', () => {
  const { real, clock } = running()
  const seen = clock.holding(() => {
    real.time += 5000
    return clock.holding(() => clock.now())
  })
  expect([seen, clock.now()]).toEqual([1000, 6000])
})

test('an instant ends with what was done in it, also when that fails', () => {
  const { real, clock } = running()
  const fail = () => {
    throw new Error('a fake failed')
  }
  expect(() => clock.holding(() => clock.holding(fail))).toThrow('a fake failed')
  real.time += 1
  expect(clock.now()).toBe(1001)
})

test('an instant that lingers is over when the event loop comes round, though nothing that began in it ever is', async () => {
  const { real, clock } = running()
  clock.holding(() => {
    clock.linger()
    void new Promise(() => {})
  })
  real.time += 5
  expect(clock.now()).toBe(1000)
  await turn()
  expect(clock.now()).toBe(1005)
})

test('a reset ends an instant, and one that lingers can begin at once', async () => {
  const { real, clock } = running()
  clock.linger()
  real.time += 5
  clock.reset()
  clock.linger()
  real.time += 5
  expect(clock.now()).toBe(1005)
  await turn()
  expect(clock.now()).toBe(1010)
})

test("somebody's false timers hold no instant for ever", async () => {
  const { real, clock } = running()
  vi.useFakeTimers()
  clock.linger()
  vi.useRealTimers()
  await turn()
  real.time += 5
  expect(clock.now()).toBe(1005)
})
