import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { mockSuite } from './recorder.ts'

const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const start = (lanes = 1) => startSuite({ services: ['config', 'comms'], ports: 'auto', lanes, control: true, clock: '2026-01-17T09:15:30Z' })

test('status tells what runs, where, and what each lane has seen', async () => {
  await using suite = await start(2)
  await fetch(`${suite.url('config', 1)}/health`)
  const { code, out } = await mockSuite(['status'], { MOCK_SUITE_URL: suite.control?.url })
  expect(code).toBe(0)
  expect(out).toMatch(/ready, pid \d+, seed 42/)
  expect(out).toMatch(/1 +2026-01-17T09:15:30.000Z \(frozen\) +1 /)
  expect(out).toContain(suite.url('config', 1))
})

test('the clock is read, moved, stopped and let go', async () => {
  await using suite = await start()
  const clock = (...words: string[]) => mockSuite(['clock', ...words], { MOCK_SUITE_URL: suite.control?.url })
  expect(await clock('now')).toMatchObject({ code: 0, out: '2026-01-17T09:15:30.000Z' })
  expect((await clock('advance', '61s')).out).toBe('2026-01-17T09:16:31.000Z')
  expect((await clock('freeze', '2026-03-01T00:00:00Z', '--json')).json()).toEqual({
    schemaVersion: 1,
    lane: 0,
    now: '2026-03-01T00:00:00.000Z',
    frozen: true,
    pending: 0,
  })
  expect((await clock('resume')).err).toContain('running')
  expect(await clock('advance', 'soon')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Write it like 250ms') })
})

test('a lane is named where it is meant, and one that is not there is refused', async () => {
  await using suite = await start(2)
  const url = suite.control?.url ?? ''
  await mockSuite(['clock', 'advance', '1h', '--lane', '1', '--url', url])
  expect([suite.lane(0).clock.iso(), suite.lane(1).clock.iso()]).toEqual(['2026-01-17T09:15:30.000Z', '2026-01-17T10:15:30.000Z'])
  expect(await mockSuite(['clock', 'now', '--lane', '7', '--url', url])).toMatchObject({ code: 2, err: expect.stringContaining('could not find lane 7') })
})

test('a record is shown, changed member by member, and seen by the next request', async () => {
  await using suite = await start()
  const world = (...words: string[]) => mockSuite(['world', ...words], { MOCK_SUITE_URL: suite.control?.url })
  expect((await world('show')).out).toMatch(/world\.settings +\d+/)
  expect((await world('show', 'settings', 'CACHE_TTL_SECONDS', '--json')).json()).toMatchObject({ table: 'world.settings', record: { value: '300' } })
  expect(await world('set', 'settings', 'CACHE_TTL_SECONDS', 'value=60')).toMatchObject({ code: 0 })
  const reply = await fetch(`${suite.url('config')}/api/v1/config/CACHE_TTL_SECONDS`, { headers: key })
  expect(await reply.json()).toMatchObject({ value: '60' })
})

test('a whole record is written as it stands, and a wrong one is refused with the member that is wrong', async () => {
  await using suite = await start()
  const world = (...words: string[]) => mockSuite(['world', 'set', ...words], { MOCK_SUITE_URL: suite.control?.url })
  expect((await world('settings', 'NEW_ONE', '{"key":"NEW_ONE","value":"1"}', '--json')).json()).toMatchObject({ created: true, record: { value: '1' } })
  expect(await world('users', 'user_7', 'tier=gold')).toMatchObject({ code: 2, err: expect.stringContaining('/tier') })
  expect(await world('setings', 'X', '{"value":"1"}')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "world.settings"?') })
  expect(await world('settings', 'X', '{"value":')).toMatchObject({ code: 2, err: expect.stringContaining('it is not JSON') })
})

test('reset puts everything back, and says what it fenced off', async () => {
  await using suite = await start(2)
  suite.lane(1).store.table('world.settings').update('CACHE_TTL_SECONDS', { value: '60' })
  const { out } = await mockSuite(['reset'], { MOCK_SUITE_URL: suite.control?.url })
  expect(out.split('\n')).toEqual([expect.stringContaining('lane 0: as at the start'), expect.stringContaining('lane 1: as at the start')])
  expect(suite.lane(1).store.table('world.settings').get('CACHE_TTL_SECONDS')).toMatchObject({ value: '300' })
})

test('the journal tells each exchange in a line, what was odd about it below, and bodies when asked', async () => {
  await using suite = await start()
  const journal = (...words: string[]) => mockSuite(['journal', ...words], { MOCK_SUITE_URL: suite.control?.url })
  await fetch(`${suite.url('config')}/api/v1/config/CACHE_TTL_SECONDS`, { headers: key })
  await fetch(`${suite.url('config')}/api/v1/confg`)
  expect((await journal()).out.split('\n')).toEqual([
    expect.stringMatching(/1 {2}2026-01-17T09:15:30\.000Z {2}200 {3}config\.getConfig {2}GET \/api\/v1\/config\/CACHE_TTL_SECONDS/),
    expect.stringMatching(/2 {2}2026-01-17T09:15:30\.000Z {2}404 {3}config\.\? {2}GET \/api\/v1\/confg/),
    expect.stringContaining('no operation took this request'),
  ])
  expect((await journal('--status', '200', '-v')).out).toMatch(/> x-internal-api-key: .*[\s\S]*< \{"key":"CACHE_TTL_SECONDS"/i)
  expect((await journal('--unmatched', '--json')).json()).toMatchObject({ schemaVersion: 1, total: 2, dropped: 0, entries: [{ seq: 2, operation: null }] })
  expect(await journal('--operation', 'getConfg')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "getConfig"?') })
})

test('the inbox shows what was sent, and nothing as nothing', async () => {
  await using suite = await start()
  const inbox = (...words: string[]) => mockSuite(['inbox', ...words], { MOCK_SUITE_URL: suite.control?.url })
  expect(await inbox()).toMatchObject({ code: 0, out: '', err: 'Nothing was sent.' })
  expect((await inbox('--json')).json()).toEqual({ schemaVersion: 1, messages: [] })
  expect(await inbox('--eml', 'msg_nobody')).toMatchObject({ code: 2, err: expect.stringContaining('msg_nobody') })
})

test.each([['status'], ['reset'], ['journal'], ['inbox'], ['clock', 'now'], ['world', 'show']])(
  '%s %s: where no suite runs it exits 3 and says what to do',
  async (...words) => {
    const { code, out, err } = await mockSuite(
      words.filter((word) => typeof word === 'string'),
      { MOCK_SUITE_URL: 'http://127.0.0.1:1' },
    )
    expect([code, out]).toEqual([3, ''])
    expect(err).toMatch(/could not reach a suite at http:\/\/127\.0\.0\.1:1: .+\. Start one with mock-suite start-all, or say where it is with --url\./)
  },
)

test('something else on that port is not taken for a suite', async () => {
  const stranger = createServer((_, response) => response.writeHead(404).end('<h1>It works!</h1>')).listen(0, '127.0.0.1')
  await new Promise((resolve) => stranger.once('listening', resolve))
  const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
  expect(await mockSuite(['status', '--url', url])).toMatchObject({ code: 3, err: expect.stringContaining('something else answers there, with status 404') })
  stranger.closeAllConnections()
  await new Promise((resolve) => stranger.close(resolve))
})

test('beyond loopback a token is needed, from the flag or the environment', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'auto', control: { token: 'sesame' } })
  const url = suite.control?.url ?? ''
  expect(await mockSuite(['status', '--url', url, '--token', 'guess'])).toMatchObject({ code: 2, err: expect.stringContaining('token') })
  expect(await mockSuite(['status', '--url', url, '--token', 'sesame'])).toMatchObject({ code: 0 })
  expect(await mockSuite(['status', '--url', url], { MOCK_SUITE_TOKEN: 'sesame' })).toMatchObject({ code: 0 })
})

test('an address that is none is a mistake of the command line', async () => {
  const { code, err } = await mockSuite(['status', '--url', 'nonsense'])
  expect(code).toBe(2)
  expect(err).toContain('--url "nonsense" is no address')
})
