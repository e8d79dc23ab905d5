import { expect, test } from 'vitest'
import { config } from '../../contracts/config.ts'
import type { Backend } from '../../mocks/kit/backend.ts'
import { Fence } from '../../mocks/kit/fence.ts'
import { Journal } from '../../mocks/kit/journal.ts'
import { Service } from '../../mocks/kit/service.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import type { Middleware } from '../../scenarios/kit/exchange.ts'
import { injected } from './injected.ts'

/** A service of which every request waits where `hold` says until the door opens. */
function held(hold: 'before its work' | 'after its work') {
  let open = () => {}
  const door = new Promise<void>((resolve) => {
    open = resolve
  })
  const layer: Middleware = async (_, next) => {
    if (hold === 'before its work') await door
    const outcome = await next()
    await door
    return outcome
  }
  const work = { done: 0 }
  const fence = new Fence()
  const journal = new Journal(0, 10_000)
  const backend: Backend = {
    contract: config,
    answer() {
      work.done += 1
      return { reply: { status: 200, headers: [], body: '{}' }, violations: [] }
    },
  }
  const service = new Service(backend, {
    clock: new Clock('2026-01-17T09:15:30Z'),
    director: { select: () => injected(layer) },
    journal,
    fence,
    complain: (message) => expect.unreachable(message),
  })
  const request = { method: 'GET', target: '/health', rawHeaders: [], body: Buffer.alloc(0), tooLarge: false, gone: false }
  return { work, fence, journal, open: () => open(), ask: () => Promise.resolve(service.handle(request)) }
}

/** What has become of each, however much there is to wait for. */
const kinds = async (outcomes: readonly Promise<{ kind: string }>[]) => new Set((await Promise.all(outcomes)).map(({ kind }) => kind))

test('200 replies that a reset overtakes are cut at once and counted by that reset, and the new journal has none of them', async () => {
  const { work, fence, journal, open, ask } = held('after its work')
  const late = Array.from({ length: 200 }, ask)
  expect(fence.reset()).toBe(200)
  expect(await kinds(late)).toEqual(new Set(['reset']))
  const early = ask()
  open()
  await early
  expect(work.done).toBe(201)
  expect(journal.entries()).toMatchObject([{ seq: 1, operation: 'health', outcome: 'reply' }])
})

test('200 requests that a fault held back over a reset do no work on the new records, when they come free at last', async () => {
  const { work, fence, journal, open, ask } = held('before its work')
  const late = Array.from({ length: 200 }, ask)
  expect(fence.reset()).toBe(200)
  expect(await kinds(late)).toEqual(new Set(['reset']))
  open()
  await new Promise(setImmediate)
  expect([work.done, journal.total]).toEqual([0, 0])
})

test('what was answered in time is not fenced off', async () => {
  const { fence, journal, open, ask } = held('after its work')
  open()
  await Promise.all(Array.from({ length: 200 }, ask))
  expect([fence.reset(), journal.total]).toEqual([0, 200])
})
