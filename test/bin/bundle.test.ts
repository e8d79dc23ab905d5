import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { writeBundle } from '../../bin/kit/bundle/write-bundle.ts'
import { type Suite, startSuite } from '../../mocks/index.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

const headers = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60', 'content-type': 'application/json' }
const body = '{"alert_type":"signal","user_id":"user_123"}'

let place: string
beforeEach(() => {
  place = folder()
})

/** Some alerts, one of which the weather strikes. */
async function someDay(suite: Suite): Promise<void> {
  await suite.play('alert-slow')
  await suite.play({ name: 'cut', story: 'Cut at times.', rules: [{ when: { service: 'alert' }, chance: 0.5, inject: [{ fault: 'reset' }] }] })
  const asked = Array.from({ length: 6 }, () => suite.fetch('alert', '/api/v1/alerts', { method: 'POST', headers, body }).catch(() => undefined))
  for (let second = 0; second < 60; second += 1) {
    await new Promise(setImmediate)
    suite.clock.advance('1s')
  }
  await Promise.all(asked)
}

async function written(options: { journalLimit?: number; lanes?: number } = {}): Promise<string> {
  await using suite = await startSuite({ services: ['alert'], ports: 'none', clock: '2026-01-17T09:15:30Z', ...options })
  await someDay(suite)
  return await writeBundle(suite, join(place, 'bundle'), { command: ['pytest', 'tests'], exitCode: 1 })
}

const manifestIn = (bundle: string) => JSON.parse(readFileSync(join(bundle, 'bundle.json'), 'utf8'))
const change = (file: string, how: (text: string) => string) => writeFileSync(file, how(readFileSync(file, 'utf8')))

test('a bundle is a folder with the day in it, and replay finds every outcome the same', async () => {
  const bundle = await written()
  expect(readdirSync(bundle).sort()).toEqual(
    ['README.md', 'bundle.json', 'lane-0.har', 'plan-0-1.json', 'plan-0-2.json', 'state-0.json', 'verification.json'].sort(),
  )
  expect(manifestIn(bundle)).toMatchObject({
    schemaVersion: 1,
    command: ['pytest', 'tests'],
    exit_code: 1,
    lanes: [{ day: { arrivals: 6, incomplete: null } }],
  })
  expect(readFileSync(join(bundle, 'README.md'), 'utf8')).toContain('It belongs to `pytest tests`, which ended with 1.')
  expect(statSync(bundle).mode & 0o077).toBe(0)

  expect(await mockSuite(['replay', bundle])).toMatchObject({ code: 0, out: '6 of 6 exchanges gave the same outcome' })
  const said = await mockSuite(['replay', join(bundle, 'bundle.json'), '--json'])
  expect(said.json()).toMatchObject({ same: true, lanes: [{ lane: 0, exchanges: 6, same: 6, differences: [] }] })
})

test('what is not the same again is told, one side and the other, and the code is 1', async () => {
  const bundle = await written()
  change(join(bundle, 'lane-0.har'), (har) => har.replaceAll('201', '202'))
  const { code, out } = await mockSuite(['replay', bundle])
  expect(code).toBe(1)
  expect(out).toMatch(/^\d of 6 exchanges gave the same outcome\n {2}#\d alert POST \/api\/v1\/alerts: status\n {4}was 202\n {4}is {2}201\n/)
})

test('a folder that is there is left alone', async () => {
  const [first, second] = [await written(), await written()]
  expect([first, second]).toEqual([join(place, 'bundle'), join(place, 'bundle-2')])
  expect(readdirSync(place).sort()).toEqual(['bundle', 'bundle-2'])
})

test('where it cannot be written nothing of it is left', async () => {
  writeFileSync(join(place, 'file'), '')
  await using suite = await startSuite({ services: ['config'], ports: 'none' })
  await expect(writeBundle(suite, join(place, 'file', 'bundle'))).rejects.toThrow(/could not write the bundle .* Nothing of it is left/)
  expect(readdirSync(place)).toEqual(['file'])
})

test.skipIf(!existsSync('/proc/self'))('a place where nobody can make a folder is refused, and not tried for ever', async () => {
  await using suite = await startSuite({ services: ['config'], ports: 'none' })
  await expect(writeBundle(suite, '/proc/no/such/bundle')).rejects.toThrow(/could not write the bundle .* Nothing of it is left/)
})

test('a suite that has stopped, and has cut what was under way, can still be written down', async () => {
  const suite = await startSuite({ services: ['alert'], ports: 'none', clock: '2026-01-17T09:15:30Z' })
  await someDay(suite)
  await suite.play({ name: 'late', story: 'Late.', rules: [{ when: { service: 'alert' }, inject: [{ fault: 'latency', ms: 5000 }] }] })
  const cut = suite.fetch('alert', '/health').catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 20))
  await suite.stop()
  await cut
  const bundle = await writeBundle(suite, join(place, 'bundle'))
  expect((await mockSuite(['replay', bundle])).out).toBe('7 of 7 exchanges gave the same outcome')
})

test('every lane has its own day, and one may be done again alone', async () => {
  const bundle = await written({ lanes: 2 })
  expect((await mockSuite(['replay', bundle])).out).toBe('lane 0: 6 of 6 exchanges gave the same outcome\nlane 1: 0 of 0 exchanges gave the same outcome')
  expect((await mockSuite(['replay', bundle, '--lane', '1'])).out).toBe('0 of 0 exchanges gave the same outcome')
  expect(await mockSuite(['replay', bundle, '--lane', '5'])).toMatchObject({ code: 2, err: expect.stringContaining('could not find lane 5') })
})

test('one that is not whole says so, and is not done again', async () => {
  const bundle = await written({ journalLimit: 4 })
  expect(readFileSync(join(bundle, 'README.md'), 'utf8')).toContain('It is not whole: 2 exchanges were dropped')
  const { code, err } = await mockSuite(['replay', bundle])
  expect([code, err]).toEqual([2, expect.stringContaining('lane 0 is not whole: 2 exchanges were dropped')])
})

test('one of another mock-suite is done again with a warning', async () => {
  const bundle = await written()
  change(join(bundle, 'bundle.json'), (text) => text.replace(/"mock_suite":"[^"]+"/, '"mock_suite":"0.0.1"'))
  expect(await mockSuite(['replay', bundle])).toMatchObject({ code: 0, err: expect.stringContaining('the bundle is of mock-suite 0.0.1') })
})

test.each<[string, string, (text: string) => string, RegExp]>([
  ['cut short', 'bundle.json', (text) => text.slice(0, -40), /bundle\.json: it is no JSON, or was cut short/],
  ['with a HAR that is cut short', 'lane-0.har', (text) => text.slice(0, -40), /lane-0\.har: it is no JSON, or was cut short/],
  ['of a later shape', 'bundle.json', (text) => text.replace('"schemaVersion":1', '"schemaVersion":2'), /it is of shape 2, and this mock-suite reads 1/],
  ['with members that nobody knows', 'bundle.json', (text) => text.replace('{', '{"run":"rm -rf /",'), /Unrecognized key/],
  ['that leads out of its folder', 'bundle.json', (text) => text.replace('"lane-0.har"', '"../../etc/passwd"'), /must be the name of a file beside it/],
  ['with a lane too high', 'bundle.json', (text) => text.replace('"lane":0', '"lane":4096'), /lanes\/0\/day\/lane/],
  ['with an instant past the last', 'bundle.json', (text) => text.replace(/"since":\d+/, '"since":1e300'), /lanes\/0\/day\/start\/since/],
  ['with more exchanges than there were', 'bundle.json', (text) => text.replace('"arrivals":6', '"arrivals":2'), /it goes on past the 2 exchanges/],
  ['with a request that came twice', 'lane-0.har', (text) => text.replace('"arrival":2', '"arrival":1'), /two requests have one number/],
  ['of a service that did not run', 'lane-0.har', (text) => text.replaceAll('"service":"alert"', '"service":"bank"'), /is of bank, which did not run/],
  ['of a service that there is not', 'bundle.json', (text) => text.replace('"services":["alert"]', '"services":["alert","bank"]'), /could not start "bank"/],
  ['nested too deep', 'state-0.json', () => '['.repeat(100_000), /state-0\.json: it is no JSON/],
  ['that is nothing', 'bundle.json', () => 'null', /expected object/],
])('a bundle %s is refused before anything is done', async (_, file, how, message) => {
  const bundle = await written()
  change(join(bundle, file), how)
  const { code, out, err } = await mockSuite(['replay', bundle])
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(message)
})

test('a running suite is written down from outside, over real ports', async () => {
  await using suite = await startSuite({ services: ['alert', 'config'], ports: 'auto', control: true })
  const { url = '' } = suite.control ?? {}
  await mockSuite(['scenario', 'play', 'alert-flapping', '--url', url])
  const ask = () => fetch(`${suite.url('alert')}/api/v1/alerts`, { method: 'POST', headers, body }).catch(() => undefined)
  for (let round = 0; round < 5; round += 1) await Promise.all([ask(), ask(), fetch(`${suite.url('config')}/health`)])
  await mockSuite(['world', 'set', 'settings', 'CACHE_TTL_SECONDS', 'value=60', '--url', url])
  await mockSuite(['clock', 'advance', '61s', '--url', url])
  await fetch(`${suite.url('config')}/api/v1/service-registry`)
  await ask()

  const said = await mockSuite(['bundle', '--url', url, '--out', join(place, 'artifacts', 'bundle'), '--json'])
  expect(said.json()).toMatchObject({ folder: join(place, 'artifacts', 'bundle'), whole: true })
  expect(await mockSuite(['replay', join(place, 'artifacts', 'bundle')])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^(\d+) of \1 exchanges gave the same outcome$/),
  })
})
