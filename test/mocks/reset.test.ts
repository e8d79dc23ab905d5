import { expect, test } from 'vitest'
import { config } from '../../contracts/config.ts'
import type { Backend } from '../../mocks/kit/backend.ts'
import { Journal } from '../../mocks/kit/journal.ts'
import { Service } from '../../mocks/kit/service.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import type { Middleware } from '../../scenarios/kit/exchange.ts'

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
  const lane = { generation: 0, fenced: 0, worked: 0 }
  const journal = new Journal(0, 10_000)
  const backend: Backend = {
    contract: config,
    answer() {
      lane.worked += 1
      return { reply: { status: 200, headers: [], body: '{}' }, violations: [] }
    },
  }
  const service = new Service(backend, {
    clock: new Clock('2026-01-17T09:15:30Z'),
    director: { select: () => [layer], reset() {} },
    journal,
    generation: () => lane.generation,
    fenced: () => {
      lane.fenced += 1
    },
    complain: (message) => expect.unreachable(message),
  })
  const request = { method: 'GET', target: '/health', rawHeaders: [], body: Buffer.alloc(0), tooLarge: false, gone: false }
  return { lane, journal, open: () => open(), ask: () => service.handle(request) }
}

test('200 replies that come after a reset are fenced off and counted, and the new journal has none of them', async () => {
  const { lane, journal, open, ask } = held('after its work')
  const late = Array.from({ length: 200 }, ask)
  lane.generation += 1
  const early = ask()
  open()
  await Promise.all([...late, early])
  expect(lane).toEqual({ generation: 1, fenced: 200, worked: 201 })
  expect(journal.entries()).toMatchObject([{ seq: 1, operation: 'health' }])
})

test('200 requests that a fault held back over a reset do no work on the new records: their connections end', async () => {
  const { lane, journal, open, ask } = held('before its work')
  const late = Array.from({ length: 200 }, ask)
  lane.generation += 1
  open()
  expect(new Set((await Promise.all(late)).map(({ kind }) => kind))).toEqual(new Set(['close']))
  expect(lane).toEqual({ generation: 1, fenced: 200, worked: 0 })
  expect(journal.total).toBe(0)
})
