import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { captured } from '../transports/captured.ts'

/** All that a run says: every reply to the byte, headers included, and the whole journal. */
async function run(seed: number, clock = '2026-01-17T09:15:30Z') {
  await using suite = await startSuite({ ports: 'none', seed, clock })
  const replies: string[] = []
  for (const { service, method, target, headers, body } of captured) {
    const reply = await suite.fetch(service, target, { method, headers, ...(body === '' ? {} : { body }) })
    expect(reply.ok, `${method} ${target}`).toBe(true)
    replies.push(`${reply.status}\n${[...reply.headers].join('\n')}\n\n${await reply.text()}`)
    suite.clock.advance('1s')
  }
  return { replies, journal: suite.journal.entries() }
}

test('two runs with one seed say the same to the byte, dates included when the clock stands still', async () => {
  expect(await run(7)).toEqual(await run(7))
})

test('another seed gives other ids and nothing else', async () => {
  const [seven, eight] = [await run(7), await run(8)]
  const unnamed = ({ replies }: typeof seven) => replies.map((reply) => reply.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12,64}/g, '#'))
  expect(eight.replies).not.toEqual(seven.replies)
  expect(unnamed(eight)).toEqual(unnamed(seven))
})

test('a reset begins the same day again', async () => {
  await using suite = await startSuite({ services: ['alert'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  const create = async () => {
    const headers = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }
    const reply = await suite.fetch('alert', '/api/v1/alerts', { method: 'POST', headers, body: '{"alert_type":"signal","user_id":"user_123"}' })
    return reply.text()
  }
  const [first, second] = [await create(), await create()]
  suite.reset()
  expect([await create(), await create()]).toEqual([first, second])
  expect(first).not.toBe(second)
})

test('what one lane does moves nothing in another', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none', lanes: 2, clock: '2026-01-17T09:15:30Z' })
  suite.lane(0).store.table('world.settings').update('CACHE_TTL_SECONDS', { value: '60' })
  suite.lane(0).clock.advance('1h')
  const read = async (lane: number) =>
    (await suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS', { lane, headers: { authorization: 'Bearer mock-config-key-4f1d9c7a2b8e' } })).json()
  expect(await read(0)).toMatchObject({ value: '60', last_updated: '2026-01-17T10:15:30' })
  expect(await read(1)).toMatchObject({ value: '300', last_updated: '2026-01-17T09:15:30' })
  expect([suite.lane(0).journal.total, suite.lane(1).journal.total]).toEqual([1, 1])
})
