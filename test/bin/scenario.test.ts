import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exchangeText } from '../../bin/reports/exchange.ts'
import { startSuite } from '../../mocks/index.ts'
import { mockSuite } from './recorder.ts'

const folder = mkdtempSync(join(tmpdir(), 'mock-suite-scenario-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function written(name: string, text: string): string {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(file, text)
  return file
}

const flaps = written(
  'reads-flap',
  `name: reads-flap
story: Some reads are reset. A good client tries again.
seed: 7
rules:
  - when: { service: config, operation: getConfig }
    skip: 2
    times: 3
    inject: [{ fault: reset }]
  - when: { service: config, operation: getSecret }
    chance: 0.5
    inject: [{ fault: latency, ms: 8, jitter: 2 }]
`,
)
const bad = written('bad', 'name: bad\nstory: It cannot be played.\nrules:\n  - when: { service: confg }\n    inject: [{ fault: resett }]\n')
const mistyped = written('mistyped', 'name: mistyped\nstory: No such service.\nrules:\n  - when: { service: confg }\n    inject: [{ fault: reset }]\n')

const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const start = (lanes = 1) => startSuite({ services: ['config'], ports: 'auto', lanes, control: true, clock: '2026-01-17T09:15:30Z' })

test('the library is listed without any suite', async () => {
  const { code, out } = await mockSuite(['scenario', 'list'])
  expect(code).toBe(0)
  expect(out.split('\n')[0]).toMatch(/scenario +service +faults +story/)
  expect(out).toMatch(/^ *alert-down +alert +down +\S/m)
  const { scenarios } = (await mockSuite(['scenario', 'list', '--json'])).json()
  expect(scenarios).toContainEqual(expect.objectContaining({ name: 'alert-down', services: ['alert'], faults: ['down'] }))
})

test('one is shown with its rules in words, or as it is written', async () => {
  const { out } = await mockSuite(['scenario', 'show', flaps])
  expect(out).toContain('  Some reads are reset. A good client tries again.')
  expect(out).toMatch(/seed +7/)
  expect(out).toMatch(/rule 1 {2}config\.getConfig: after 2, 3 times: reset/)
  expect(out).toMatch(/rule 2 {2}config\.getSecret: chance 0\.5: wait 8 ms ± 2 ms/)
  expect((await mockSuite(['scenario', 'show', 'alert-down', '--yaml'])).out).toContain('\nname: alert-down\n')
  expect((await mockSuite(['scenario', 'show', flaps, '--json'])).json()).toMatchObject({ name: 'reads-flap', seed: 7, file: flaps, rules: [{}, {}] })
  expect(await mockSuite(['scenario', 'show', 'alert-dwon'])).toMatchObject({ code: 2, err: expect.stringContaining('"alert-down"') })
})

test('check tells every mistake of every file with its place, and exits 2', async () => {
  expect(await mockSuite(['scenario', 'check', flaps, 'alert-down'])).toMatchObject({ code: 0, out: `✓ ${flaps}\n✓ alert-down`, err: '' })
  const { code, out, err } = await mockSuite(['scenario', 'check', bad, flaps, mistyped])
  expect([code, out]).toEqual([2, `✓ ${flaps}`])
  expect(err).toMatch(/bad\.yaml:5:\d+: there is no fault "resett"\. Did you mean "reset"\?/)
  expect(err).toMatch(/mistyped\.yaml:4:\d+: there is no service "confg" here\. Did you mean "config"\?/)
  expect((await mockSuite(['scenario', 'check', mistyped, '--json'])).json()).toMatchObject({ checked: [{ file: mistyped, good: false }] })
  expect(await mockSuite(['scenario', 'check', join(folder, 'none.yaml')])).toMatchObject({ code: 2, err: expect.stringContaining('none.yaml') })
})

test('a scenario is played, followed and stopped in the suite that runs', async () => {
  await using suite = await start(2)
  const scenario = (...words: string[]) => mockSuite(['scenario', ...words], { MOCK_SUITE_URL: suite.control?.url })
  expect(await scenario('playing')).toMatchObject({ code: 0, out: '', err: 'Nothing plays.' })
  expect((await scenario('play', flaps)).out).toMatch(/^reads-flap, lane 0, seed 7, since 2026-01-17T09:15:30\.000Z\n.*\n.*\nreads-flap, lane 1/)
  for (let n = 0; n < 2; n += 1) await suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS', { headers: key })
  await expect(suite.fetch('config', '/api/v1/config/CACHE_TTL_SECONDS', { headers: key })).rejects.toThrow()

  expect((await scenario('playing', '--lane', '0')).out).toMatch(/rule 1 {2}3 matched {2}1 struck/)
  expect((await scenario('playing', '--json')).json()).toMatchObject({ playing: [{ lane: 0, rules: [{ matches: 3, strikes: 1 }, {}] }, { lane: 1 }] })
  expect(await scenario('stop', 'reads-flap', '--lane', '1')).toMatchObject({ code: 0, err: '1 stopped' })
  expect(await scenario('stop', 'reads-flop')).toMatchObject({ code: 2, err: expect.stringContaining('"reads-flap"') })
  expect((await scenario('stop', '--all', '--json')).json()).toEqual({ schemaVersion: 1, stopped: 1 })
  for (const words of [['stop'], ['stop', 'reads-flap', '--all']]) expect(await scenario(...words)).toMatchObject({ code: 2 })
})

test('a seed and a lane may be given, and a bad scenario changes nothing', async () => {
  await using suite = await start(2)
  const scenario = (...words: string[]) => mockSuite(['scenario', ...words], { MOCK_SUITE_URL: suite.control?.url })
  expect((await scenario('play', flaps, '--lane', '1', '--seed', '-3')).out).toMatch(/^reads-flap, lane 1, seed -3, /)
  expect(suite.lane(0).director.playing).toEqual([])
  expect(await scenario('play', bad)).toMatchObject({ code: 2, err: expect.stringMatching(/bad\.yaml:5:\d+/) })
  expect(suite.lane(1).director.playing).toHaveLength(1)
})

test('a plan needs no suite, and the run obeys it to the letter', async () => {
  const { code, out } = await mockSuite(['plan', flaps, '--requests', '8'])
  expect(code).toBe(0)
  const lines = out.split('\n')
  expect(lines[0]).toBe('reads-flap, seed 7, lane 0')
  expect(lines.slice(1, 6)).toEqual([
    '',
    expect.stringMatching(/^rule 1 {2}config\.getConfig: after 2, 3 times: /),
    expect.stringMatching(/1 to 2 +passes/),
    expect.stringMatching(/3 to 5 +reset/),
    expect.stringMatching(/6 to 8 +passes/),
  ])

  const { rules } = (await mockSuite(['plan', flaps, '--requests', '8', '--json'])).json() as { rules: { matches: { faults: { told: string }[] }[] }[] }
  await using suite = await startSuite({ services: ['config'], ports: 'none', scenarios: [flaps] })
  for (let n = 0; n < 8; n += 1) await suite.fetch('config', '/api/v1/secrets/NONE', { headers: key })
  const met = suite.journal.entries().map(({ faults }) => faults.map(({ told }) => told))
  expect(met).toEqual(rules[1]?.matches.map(({ faults }) => faults.map(({ told }) => told)))
  expect(new Set(met.map(({ length }) => length))).toEqual(new Set([0, 1]))
})

test('what is there by the clock alone is not planned request by request', async () => {
  expect((await mockSuite(['plan', 'alert-down'])).out.split('\n')).toEqual([
    'alert-down, seed 42, lane 0',
    '',
    expect.stringMatching(/^rule 1 {2}alert: .*refuse connections$/),
    '  by the clock alone: no request has to come',
  ])
})

test('another seed or lane is another plan, and a bad scenario has none', async () => {
  const told = async (...words: string[]) => JSON.stringify((await mockSuite(['plan', flaps, '--json', ...words])).json().rules)
  const usual = await told()
  expect(await told('--seed', '7')).toBe(usual)
  expect(await told('--seed', '8')).not.toBe(usual)
  expect(await told('--lane', '1')).not.toBe(usual)
  expect(await mockSuite(['plan', mistyped])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/mistyped\.yaml:4:\d+/) })
})

test('coverage is told as text, as JSON and as Markdown, and can be a gate', async () => {
  await using suite = await start()
  const coverage = (...words: string[]) => mockSuite(['coverage', ...words], { MOCK_SUITE_URL: suite.control?.url })
  expect((await coverage()).out).toBe('Nothing was called and nothing was scripted: there is nothing to meet.')
  await suite.play(flaps)
  for (const name of ['NONE', 'NONE']) await suite.fetch('config', `/api/v1/config/${name}`, { headers: key })

  const { code, out } = await coverage()
  expect(code).toBe(0)
  expect(out).toMatch(/^33\.3 %: 1 of 3 failures were met\n/)
  expect(out).toMatch(/config\.getConfig +2 +404 ×2 +reset +–/)
  expect(out).toMatch(/config\.getSecret +0 +– +latency +–/)
  expect((await coverage('--format', 'markdown')).out).toContain('| config.getConfig | 2 | 404 ×2 | reset | – |')
  expect((await coverage('--format', 'json')).json()).toMatchObject({ schemaVersion: 1, percent: 33.3, met: 1, cells: 3 })
  expect((await coverage('--json', '--service', 'config')).json()).toMatchObject({ percent: 33.3 })
  expect(await coverage('--fail-under', '33')).toMatchObject({ code: 0 })
  expect(await coverage('--fail-under', '34')).toMatchObject({ code: 1, err: expect.stringContaining('33.3 % is under 34 %') })
  expect(await coverage('--service', 'confg')).toMatchObject({ code: 2, err: expect.stringContaining('"config"') })
})

test('the journal tells in words what struck, and shows only that when asked', async () => {
  await using suite = await start()
  const journal = (...words: string[]) => mockSuite(['journal', ...words], { MOCK_SUITE_URL: suite.control?.url })
  await suite.play({ name: 'one-late', story: 'The first is late.', rules: [{ when: { any: true }, times: 1, inject: [{ fault: 'latency', ms: 0 }] }] })
  for (let n = 0; n < 2; n += 1) await suite.fetch('config', '/health')
  expect((await journal('--fault', 'latency')).out.split('\n')).toEqual([expect.stringContaining('config.health'), '       one-late, rule 1: wait 0 ms'])
  expect((await journal('--fault', 'reset')).out).toBe('')
  expect(await journal('--fault', 'latenzy')).toMatchObject({ code: 2, err: expect.stringContaining('"latency"') })

  const [entry] = suite.journal.entries()
  const injection = { scenario: 'tea', rule: 'rule 2', match: 1, fault: 'status', told: 'answer 418', off_contract: 'no vendor is a teapot' }
  const plain = { paint: (_style: unknown, text: string) => text }
  expect(exchangeText({ ...(entry as NonNullable<typeof entry>), faults: [injection] }, plain, { verbose: false })).toMatch(
    /\n {7}tea, rule 2: answer 418 \(on purpose: no vendor is a teapot\)$/,
  )
})

test.each(['start-all', 'start'])('%s refuses a bad scenario before any port is open', async (command) => {
  const words = [command, ...(command === 'start' ? ['config'] : []), '--ports', 'auto', '--scenario', `${flaps},${bad}`]
  expect(await mockSuite(words)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/bad\.yaml:5:\d+: there is no fault "resett"/) })
})

test.each([['scenario', 'playing'], ['scenario', 'play', 'alert-down'], ['scenario', 'stop', '--all'], ['coverage']])(
  '%s %s: where no suite runs it exits 3',
  async (...words) => {
    expect(await mockSuite(words, { MOCK_SUITE_URL: 'http://127.0.0.1:1' })).toMatchObject({ code: 3, out: '' })
  },
)
