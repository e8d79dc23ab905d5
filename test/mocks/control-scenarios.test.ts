import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { controlOf } from './control-in-process.ts'

const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const start = (options = {}) => startSuite({ services: ['config'], ports: 'none', clock: '2026-01-17T09:15:30Z', ...options })
const read = '/api/v1/config/CACHE_TTL_SECONDS'

const lateReads = {
  name: 'late-reads',
  story: 'Two reads are late, after the first.',
  rules: [{ when: { service: 'config', operation: 'getConfig' }, skip: 1, times: 2, inject: [{ fault: 'latency', ms: 0 }] }],
}
const text = `name: late-reads
story: Two reads are late, after the first.
rules:
  - when: { service: config, operation: getConfig }
    skip: 1
    times: 2
    inject: [{ fault: latency, ms: 0 }]
`

test('the library is listed with what each scenario is about, whatever runs', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const { status, body } = await control.later('GET', '/v1/scenarios')
  expect(status).toBe(200)
  expect(body.scenarios).toContainEqual(expect.objectContaining({ name: 'alert-down', story: expect.any(String), services: ['alert'], faults: ['down'] }))
  expect(control.complaints).toEqual([])
})

test('a scenario of the library is told whole: rules in words, and as it is written', async () => {
  await using suite = await start()
  const { body } = await controlOf(suite).later('GET', '/v1/scenarios/alert-down')
  expect(body).toMatchObject({ name: 'alert-down', text: expect.stringContaining('name: alert-down') })
  expect(body.rules[0]).toMatchObject({ rule: expect.any(String), told: expect.stringMatching(/^alert: .*refuse connections/) })
})

test.each(['package.json', 'alert-down.yaml', '.yaml'])('the library is all that can be read by name, and %s is not in it', async (name) => {
  await using suite = await start()
  expect(await controlOf(suite).later('GET', `/v1/scenarios/${name}`)).toMatchObject({ status: 404, body: { code: 'unknown-scenario' } })
  expect(await controlOf(suite).later('POST', '/v1/playing', { name })).toMatchObject({ status: 422, body: { code: 'invalid' } })
})

test.each([
  ['as data', { scenario: lateReads }],
  ['as the text of a file', { text, file: 'late.yaml' }],
])('a scenario that is sent %s plays, and its counters are told', async (_, source) => {
  await using suite = await start()
  const control = controlOf(suite)
  const told = { scenario: 'late-reads', lane: 0, seed: 7, since: '2026-01-17T09:15:30.000Z', phase: null }
  const rule = { rule: 'rule 1', told: 'config.getConfig: after 1, 2 times: wait 0 ms' }
  expect(await control.later('POST', '/v1/playing', { ...source, seed: 7 })).toEqual({
    status: 201,
    type: 'application/json',
    body: { playing: [{ ...told, rules: [{ ...rule, matches: 0, strikes: 0 }] }] },
  })
  for (let n = 0; n < 4; n += 1) await suite.fetch('config', read, { headers: key })
  expect(control.get('/v1/playing').body).toEqual({ playing: [{ ...told, rules: [{ ...rule, matches: 4, strikes: 2 }] }] })
  expect(control.complaints).toEqual([])
})

test('one of the library plays by its name, in the lane that is named', async () => {
  await using suite = await start({ services: ['alert'], lanes: 2 })
  const control = controlOf(suite)
  await control.later('POST', '/v1/playing?lane=1', { name: 'alert-down' })
  expect([0, 1].map((lane) => suite.lane(lane).director.playing.length)).toEqual([0, 1])
  expect(control.get('/v1/playing?lane=0').body).toEqual({ playing: [] })
  expect(control.get('/v1/playing').body.playing).toMatchObject([{ scenario: 'alert-down', lane: 1, seed: 42 }])
})

test.each([
  ['as data', { scenario: lateReads }, { scenario: lateReads }],
  ['as the text of a file', { text, file: 'late.yaml' }, { text, file: 'late.yaml' }],
  ['by its name', { name: 'config-down' }, { text: expect.stringContaining('name: config-down'), file: expect.stringMatching(/config-down\.yaml$/) }],
])('one that was played %s can be played again where another of its name has taken its place', async (_, source, written) => {
  await using suite = await start({ lanes: 2 })
  const control = controlOf(suite)
  const [{ scenario: name }] = (await control.later('POST', '/v1/playing?lane=1', { ...source, seed: 7 })).body.playing
  const again = control.get(`/v1/playing/${name}?lane=1`)
  expect(again).toMatchObject({ status: 200, body: { ...written, seed: 7 } })
  await control.later('POST', '/v1/playing?lane=1', { scenario: { ...lateReads, name, story: 'Another.' } })
  await control.later('POST', '/v1/playing?lane=1', again.body)
  expect(control.get(`/v1/playing/${name}?lane=1`)).toEqual(again)
  expect(control.get(`/v1/playing/${name}`)).toMatchObject({ status: 404, body: { code: 'unknown-scenario' } })
  expect(control.complaints).toEqual([])
})

test('the phase that is on is told, and that all are over', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const rules = lateReads.rules
  const scenario = {
    name: 'in-phases',
    story: 'Bad, then worse.',
    phases: [
      { for: '10s', rules },
      { name: 'worse', for: '5s', rules },
    ],
  }
  await control.later('POST', '/v1/playing', { scenario })
  const phase = () => control.get('/v1/playing').body.playing[0].phase
  expect(phase()).toBe('phase 1')
  suite.clock.advance('10s')
  expect(phase()).toBe('worse')
  suite.clock.advance('5s')
  expect(phase()).toBe('over')
})

test('one is stopped in whatever lane it plays, and then all the rest', async () => {
  await using suite = await start({ lanes: 2 })
  const control = controlOf(suite)
  await control.later('POST', '/v1/playing?lane=1', { scenario: lateReads })
  await control.later('POST', '/v1/playing', { scenario: { ...lateReads, name: 'more' } })
  expect(control.delete('/v1/playing/late-reads')).toMatchObject({ status: 200, body: { stopped: 1 } })
  expect(control.delete('/v1/playing/late-reads')).toMatchObject({ status: 404, body: { code: 'unknown-scenario', detail: expect.stringContaining('more') } })
  expect(control.delete('/v1/playing')).toMatchObject({ status: 200, body: { stopped: 2 } })
  expect(control.get('/v1/playing').body).toEqual({ playing: [] })
})

test('a scenario that is wrong is refused with the place of each mistake, and nothing plays', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const wrong = text.replace('getConfig', 'getConfg')
  expect(await control.later('POST', '/v1/playing', { text: wrong, file: 'late.yaml' })).toMatchObject({
    status: 422,
    body: { code: 'bad-scenario', detail: expect.stringMatching(/late\.yaml:4:\d+: .*"getConfg".*"getConfig"/) },
  })
  expect(await control.later('POST', '/v1/playing', { scenario: { ...lateReads, rulse: [] } })).toMatchObject({ status: 422, body: { code: 'bad-scenario' } })
  expect(await control.later('POST', '/v1/playing', { name: 'alert-dwn' })).toMatchObject({ status: 404, body: { code: 'unknown-scenario' } })
  expect(await control.later('POST', '/v1/playing?lane=9', { scenario: lateReads })).toMatchObject({ status: 404, body: { code: 'unknown-lane' } })
  expect(control.get('/v1/playing').body).toEqual({ playing: [] })
  expect(control.complaints).toEqual([])
})

test.each([{}, { name: 'alert-down', text }, { text, scenario: lateReads }, { name: 'alert-down', sed: 7 }, { scenario: 'alert-down' }])(
  'there is one scenario to play, and %j does not say which',
  async (body) => {
    await using suite = await start()
    expect(controlOf(suite).post('/v1/playing', body)).toMatchObject({ status: 422, body: { code: 'invalid' } })
    expect(controlOf(suite).post('/v1/plan', body)).toMatchObject({ status: 422, body: { code: 'invalid' } })
  },
)

test('a plan tells what will happen, and changes nothing', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const { body } = await control.later('POST', '/v1/plan', { text, requests: 4 })
  const waits = [{ fault: 'latency', told: 'wait 0 ms' }]
  expect(body).toEqual({
    scenario: 'late-reads',
    seed: 42,
    lane: 0,
    rules: [
      {
        rule: 'rule 1',
        matches: [
          { match: 1, faults: [] },
          { match: 2, faults: waits },
          { match: 3, faults: waits },
          { match: 4, faults: [] },
        ],
      },
    ],
  })
  expect(control.get('/v1/playing').body).toEqual({ playing: [] })
  expect(control.get('/v1/coverage').body.cells).toBe(0)
})

test('the journal is filtered by fault, and a mistyped one is refused', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  await suite.play({ name: 'one-late', story: 'x', rules: [{ when: { any: true }, times: 1, inject: [{ fault: 'latency', ms: 0 }] }] })
  for (let n = 0; n < 2; n += 1) await suite.fetch('config', read, { headers: key })
  expect(control.get('/v1/journal?fault=latency').body.entries).toMatchObject([
    { seq: 1, faults: [{ scenario: 'one-late', rule: 'rule 1', told: 'wait 0 ms' }] },
  ])
  expect(control.get('/v1/journal?fault=reset').body.entries).toEqual([])
  expect(control.get('/v1/journal?fault=latenzy')).toMatchObject({ status: 422, body: { code: 'bad-option', detail: expect.stringContaining('"latency"') } })
})

test('coverage is told for all, or for one service', async () => {
  await using suite = await start({ services: ['config', 'comms'] })
  const control = controlOf(suite)
  await suite.fetch('config', '/api/v1/config/NO_SUCH_SETTING', { headers: key })
  const all = {
    percent: 100,
    met: 1,
    cells: 1,
    operations: [{ service: 'config', operation: 'getConfig', calls: 1, cells: [{ failure: '404', state: 'met' }] }],
  }
  expect(control.get('/v1/coverage').body).toMatchObject(all)
  expect(control.get('/v1/coverage?service=comms').body).toEqual({ percent: 0, met: 0, cells: 0, operations: [] })
  expect(control.get('/v1/coverage?service=confg')).toMatchObject({ status: 404, body: { code: 'unknown-service' } })
})
