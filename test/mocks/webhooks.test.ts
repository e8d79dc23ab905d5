import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'

const HOOK = 'https://hooks.example.test/user_7/alerts'

/** The receiver of the webhooks: what it was told, in the order in which it was told. */
const receiver = vi.fn<(url: string, init: { body: string }) => Promise<Response>>()
beforeEach(
  () =>
    void vi.stubGlobal(
      'fetch',
      receiver.mockReset().mockImplementation(async () => new Response('{}')),
    ),
)
afterEach(() => void vi.unstubAllGlobals())

const received = () => receiver.mock.calls.map(([, { body }]) => JSON.parse(body).message)
const settled = () => new Promise(setImmediate)

type Rule = NonNullable<ScenarioInput['rules']>[number]

/** A suite in which this befalls the webhooks of the alert service. */
async function start(inject: Rule['inject'], rest: Partial<Rule> = {}) {
  const complaints: string[] = []
  const suite = await startSuite({ services: ['alert'], ports: 'none', clock: '2026-01-17T09:15:30Z', complain: (message) => complaints.push(message) })
  await suite.play({ name: 'webhooks-go-wrong', story: 'What befalls webhooks.', rules: [{ when: { service: 'alert', callback: true }, ...rest, inject }] })
  /** Makes alerts whose webhooks leave 200 ms later. */
  const tell = async (...messages: string[]) => {
    for (const message of messages) {
      const body = JSON.stringify({ user_id: 'user_7', alert_type: 'signal', channels: ['webhook'], condition_config: { message } })
      const headers = { 'content-type': 'application/json', 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
      expect((await suite.fetch('alert', '/api/v1/alerts', { method: 'POST', headers, body })).status).toBe(201)
    }
  }
  const pass = async (time: string) => {
    suite.clock.advance(time)
    await settled()
  }
  const calls = () => suite.journal.entries().filter(({ direction }) => direction === 'out')
  const stop = async () => {
    await suite.stop()
    expect(complaints).toEqual([])
  }
  return { suite, tell, pass, calls, [Symbol.asyncDispose]: stop }
}

test('a lost webhook never arrives, and is not tried again: its sender takes it for delivered', async () => {
  await using world = await start([{ fault: 'lost' }], { times: 1 })
  await world.tell('first', 'second')
  for (const time of ['200ms', '1s', '2s', '1h']) await world.pass(time)
  expect(received()).toEqual(['second'])
  expect(world.calls()).toMatchObject([
    {
      outcome: 'lost',
      status: null,
      request: { target: HOOK },
      faults: [{ scenario: 'webhooks-go-wrong', rule: 'rule 1', match: 1, fault: 'lost', told: 'lose it' }],
    },
    { outcome: 'reply', status: 200, request: { target: HOOK }, faults: [] },
  ])
  expect(world.suite.clock.pending).toBe(0)
})

test('a duplicate arrives twice, word for word, and stands in the journal twice', async () => {
  await using world = await start([{ fault: 'duplicate' }], { times: 1 })
  await world.tell('first', 'second')
  await world.pass('200ms')
  expect(received().toSorted()).toEqual(['first', 'first', 'second'])
  const [once, again] = receiver.mock.calls.map(([, { body }]) => body).filter((body) => body.includes('"first"'))
  expect(again).toBe(once)
  expect(world.calls().filter(({ faults }) => faults[0]?.told === 'send it twice')).toHaveLength(2)
})

test('a duplicate that is refused the second time is not tried again; one that is refused the first time is', async () => {
  await using world = await start([{ fault: 'duplicate' }], { times: 1 })
  receiver.mockImplementationOnce(async () => new Response('{}', { status: 200 })).mockImplementationOnce(async () => new Response('{}', { status: 503 }))
  await world.tell('first')
  for (const time of ['200ms', '1h']) await world.pass(time)
  expect(world.calls().map(({ status }) => status)).toEqual([200, 503])

  await using other = await start([{ fault: 'duplicate' }], { times: 1 })
  receiver.mockImplementationOnce(async () => new Response('{}', { status: 503 }))
  await other.tell('first')
  for (const time of ['200ms', '1h']) await other.pass(time)
  expect(other.calls().map(({ status, at }) => [status, at.slice(17, 23)])).toEqual([
    [503, '30.200'],
    [200, '30.200'],
    [200, '31.200'],
  ])
})

test('a late webhook leaves late', async () => {
  await using world = await start([{ fault: 'latency', ms: 30_000 }])
  await world.tell('first')
  await world.pass('200ms')
  await world.pass('29999ms')
  expect(received()).toEqual([])
  await world.pass('1ms')
  expect(received()).toEqual(['first'])
  expect(world.calls()).toMatchObject([{ at: '2026-01-17T09:15:30.200Z', milliseconds: 30_000, status: 200, faults: [{ told: 'wait 30 s' }] }])
})

test('a webhook is overtaken by the next one', async () => {
  await using world = await start([{ fault: 'reorder' }], { times: 1 })
  await world.tell('first')
  await world.pass('200ms')
  await world.pass('1s')
  expect(received()).toEqual([])
  await world.tell('second')
  await world.pass('200ms')
  expect(received()).toEqual(['second', 'first'])
  expect(world.calls().map(({ at, milliseconds, faults }) => [at.slice(17, 23), milliseconds, faults.map(({ told }) => told)])).toEqual([
    ['31.400', 0, []],
    ['30.200', 1200, ['let the next one overtake it, within 5 s']],
  ])
})

test('where every webhook is to be overtaken, they change places two by two', async () => {
  await using world = await start([{ fault: 'reorder' }])
  for (const message of ['first', 'second', 'third', 'fourth']) {
    await world.tell(message)
    await world.pass('200ms')
  }
  expect(received()).toEqual(['second', 'first', 'fourth', 'third'])
})

test('a webhook that nobody overtakes goes in time all the same', async () => {
  await using world = await start([{ fault: 'reorder', within: '2s' }])
  await world.tell('first')
  await world.pass('200ms')
  await world.pass('1999ms')
  expect(received()).toEqual([])
  await world.pass('1ms')
  expect(received()).toEqual(['first'])
  expect(world.calls()).toMatchObject([{ milliseconds: 2000 }])
})

test('order is kept however slow the receiver is, and however far the clock is moved at once', async () => {
  await using world = await start([{ fault: 'reorder' }], { times: 1 })
  let answer: (response: Response) => void = () => {}
  receiver.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  await world.tell('first', 'second')
  await world.pass('1m')
  expect(received()).toEqual(['second'])
  answer(new Response('{}'))
  await settled()
  expect(received()).toEqual(['second', 'first'])
})

test('a webhook that is lost overtakes nobody', async () => {
  await using world = await start([{ fault: 'reorder' }], { times: 1 })
  await world.suite.play({
    name: 'second-is-lost',
    story: 'The second webhook is lost.',
    rules: [{ when: { callback: true, body: { message: 'second' } }, inject: [{ fault: 'lost' }] }],
  })
  await world.tell('first', 'second')
  await world.pass('200ms')
  expect([received(), world.calls().map(({ outcome }) => outcome)]).toEqual([[], ['lost']])
  await world.pass('5s')
  expect(received()).toEqual(['first'])
})

test('a reset fences off every webhook that is under way, each counted once, and none of them arrives or is told', async () => {
  await using world = await start([{ fault: 'reorder', within: '1h' }], { when: { callback: true, body: { message: 'held' } } })
  await world.suite.play({
    name: 'late-ones',
    story: 'Some webhooks are late.',
    rules: [{ when: { callback: true, body: { message: 'late' } }, inject: [{ fault: 'latency', ms: 60_000 }] }],
  })
  receiver.mockImplementationOnce(async () => new Response('{}', { status: 503 })).mockImplementationOnce(() => new Promise(() => {}))
  // In this order: refused once and to be tried again, in the hands of the receiver, late, held back, not yet due.
  await world.tell('refused')
  await world.pass('200ms')
  await world.tell('on its way', 'late', 'held')
  await world.pass('200ms')
  await world.tell('not yet due')
  expect(received()).toEqual(['refused', 'on its way'])

  expect(world.suite.reset()).toEqual({ fenced: 5 })
  await world.pass('2h')
  expect([received(), world.calls(), world.suite.clock.pending]).toEqual([['refused', 'on its way'], [], 0])
})

test('after a reset the story begins anew', async () => {
  await using world = await start([{ fault: 'lost' }], { times: 1 })
  for (const round of ['one', 'two']) {
    await world.tell(`first of ${round}`, `second of ${round}`)
    await world.pass('200ms')
    expect(world.calls().map(({ outcome }) => outcome)).toEqual(['lost', 'reply'])
    expect(world.suite.reset()).toEqual({ fenced: 0 })
  }
  expect(received()).toEqual(['second of one', 'second of two'])
})

test('what befalls webhooks cannot befall requests', async () => {
  await using world = await start([{ fault: 'lost' }])
  const playing = world.suite.play({ name: 'x', story: 'x', rules: [{ when: { service: 'alert' }, inject: [{ fault: 'duplicate' }] }] })
  await expect(playing).rejects.toThrow('duplicate strikes callbacks: say callback: true in when')
})
