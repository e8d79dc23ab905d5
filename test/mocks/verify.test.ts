import fc from 'fast-check'
import { expect, test } from 'vitest'
import { config } from '../../contracts/config.ts'
import { contracts } from '../../contracts/services.ts'
import type { FindingKind } from '../../contracts/verification.ts'
import { startSuite } from '../../mocks/index.ts'
import type { Backend } from '../../mocks/kit/backend.ts'
import { createIds } from '../../mocks/kit/ids.ts'
import { replayed } from '../../mocks/kit/replayed.ts'
import type { Suite, SuiteOptions } from '../../mocks/kit/suite.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'
import { controlOf } from './control-in-process.ts'

const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const json = { ...key, 'content-type': 'application/json' }
const start = (options: SuiteOptions<'config' | 'comms'> = {}) =>
  startSuite({ services: ['config', 'comms'], ports: 'none', clock: '2026-01-17T09:15:30Z', complain: () => {}, ...options })

/** The configuration service with somebody else behind its door. */
const startWith = (answer: Backend['answer']) => start({ backends: { config: () => ({ contract: config, answer }) } })

/** How many operations a service has. */
const of = (service: 'config' | 'comms') => Object.keys(contracts[service].operations).length
const secret = (body: unknown, headers: Record<string, string> = json) => ({ method: 'POST', headers, body: JSON.stringify(body) })
const told = async (suite: Suite, options: Parameters<Suite['verify']>[0] = {}) =>
  (await suite.verify(options)).findings.map(({ told, times }) => [told, times])
const ids = async (suite: Suite, options: Parameters<Suite['verify']>[0] = {}) => (await suite.verify(options)).findings.map(({ id }) => id)
const play = (suite: Suite, rule: NonNullable<ScenarioInput['rules']>[number], lane?: number) =>
  suite.play({ name: 'flaps', story: 'It flaps.', rules: [rule] }, lane === undefined ? {} : { lane })

test('who uses its neighbours as agreed passes, and is told how much was looked at', async () => {
  await using suite = await start()
  await suite.fetch('config', '/health')
  await suite.fetch('config', '/api/v1/config/NO_SUCH_SETTING', { headers: key })
  const { gaps, ...rest } = await suite.verify()
  expect(rest).toEqual({
    passed: true,
    since: 'start',
    lanes: [{ lane: 0, requests: 2 }],
    services: [
      { service: 'config', requests: 2, operations: of('config') },
      { service: 'comms', requests: 0, operations: of('comms') },
    ],
    findings: [],
  })
  expect(gaps.missing).toEqual([])
  expect(gaps.uncalled.filter(({ service }) => service === 'config')).toHaveLength(of('config') - 2)
  expect(gaps.uncalled).not.toContainEqual(expect.objectContaining({ operation: 'getConfig' }))
})

test.each<[what: string, path: string, init: RequestInit, kind: FindingKind, told: RegExp]>([
  ['a path that no operation has', '/api/v9/config/17', {}, 'unmatched', /^no operation of config takes GET \/api\/v9\/config\/\{\}$/],
  ['a method that the path does not have', '/health', { method: 'DELETE' }, 'unmatched', /has this path, but no operation that takes DELETE \/health$/],
  ['a slash too many', '/health/', {}, 'unmatched', /^config sent GET \/health\/ on/],
  ['a member of the wrong type', '/api/v1/secrets', secret({ secret_key: 5, secret_value: 'x' }), 'violation', /^config\.createSecret .+: body \/secret_key: /],
  ['a member that is missing', '/api/v1/secrets', secret({ secret_key: 'NEW' }), 'violation', /^config\.createSecret .+: body \/secret_value: /],
  ['a body that is no JSON', '/api/v1/secrets', { method: 'POST', headers: json, body: '{' }, 'violation', /body: is no JSON$/],
  ['a body that says it is text', '/api/v1/secrets', secret({}, { ...key, 'content-type': 'text/plain' }), 'violation', /body/],
  ['a wrong key', '/api/v1/config/X', { headers: { 'x-internal-api-key': 'guess' } }, 'refused', /^config\.getConfig refused the credential: /],
])('%s is found', async (_, path, init, kind, words) => {
  await using suite = await start()
  await suite.fetch('config', path, init)
  const { findings, passed } = await suite.verify()
  expect(findings).toMatchObject([{ kind, fails: kind !== 'refused', lane: 0, seq: 1, times: 1, request: { method: init.method ?? 'GET', target: path } }])
  expect(findings[0]?.told).toMatch(words)
  expect(passed).toBe(kind === 'refused')
})

test('a handler that throws is a failure of ours; two of one cause are one finding', async () => {
  let row = 16
  await using suite = await startWith(() => {
    throw new Error(`row ${(row += 1)} is gone`)
  })
  for (let n = 0; n < 2; n += 1) await suite.fetch('config', '/health')
  expect(await suite.verify()).toMatchObject({
    passed: false,
    findings: [{ kind: 'handler-failure', told: 'config.health failed: row 17 is gone', operation: 'health', times: 2 }],
  })
})

test('an answer of ours that breaks its contract is found, also where it refuses', async () => {
  const violations = [{ part: 'body' as const, pointer: '/items/3/price', message: 'Invalid input: expected number, received string' }]
  const reply = { status: 200, headers: [], body: '' }
  await using suite = await startWith((_, match) => ({ reply, violations, ...('kind' in match ? { problem: match } : {}) }))
  await suite.fetch('config', '/health')
  await suite.fetch('config', '/nowhere')
  expect(await ids(suite)).toEqual([
    'unmatched config unknown-operation GET /nowhere',
    'off-contract config.health body /items/{}/price',
    'off-contract config body /items/{}/price',
  ])
})

test('a recording that has no answer fails in its own words', async () => {
  const exchange = {
    ...{ at: 0, milliseconds: 1, service: 'config', request: { method: 'GET', url: 'http://config/health', headers: [], body: Buffer.alloc(0) } },
    reply: { status: 200, headers: ['content-type', 'application/json'], body: Buffer.from('{}') },
  }
  await using suite = await start({ backends: { config: replayed({ contract: config, exchanges: [exchange] }) } })
  await suite.fetch('config', '/health')
  await suite.fetch('config', '/helth')
  expect((await suite.verify()).findings).toMatchObject([
    { kind: 'handler-failure', told: expect.stringContaining('GET /helth is not in the recording of config') },
  ])
})

test('what a scenario answers in the fake’s place is nobody’s mistake, and neither are its lies', async () => {
  await using suite = await start()
  await suite.play({
    name: 'refuses-and-lies',
    story: 'It refuses what is right, and lies.',
    rules: [
      { when: { operation: 'createSecret' }, inject: [{ fault: 'status', code: 422 }] },
      { when: { operation: 'getConfig' }, inject: [{ fault: 'unauthorized' }] },
      { when: { operation: 'health' }, inject: [{ fault: 'invalid_json' }] },
    ],
  })
  const replies = [
    await suite.fetch('config', '/api/v1/secrets', secret({ secret_key: 5 })),
    await suite.fetch('config', '/api/v1/config/X', { headers: key }),
    await suite.fetch('config', '/health'),
  ]
  expect(replies.map(({ status }) => status)).toEqual([422, 401, 200])
  expect(await suite.verify({ failOn: ['violation', 'refused', 'off-contract'] })).toMatchObject({ passed: true, findings: [] })
})

test('a refusal of the fake stays one when its answer is lost on the way', async () => {
  await using suite = await start()
  await play(suite, { when: { operation: 'createSecret' }, inject: [{ fault: 'reset', at: 'after' }] })
  await expect(suite.fetch('config', '/api/v1/secrets', secret({ secret_key: 5, secret_value: 'x' }))).rejects.toThrow('fetch failed')
  expect(await ids(suite)).toEqual(['violation config.createSecret invalid body /secret_key'])
})

test('a test that sends what is wrong on purpose allows it: for a kind, a service, or one operation', async () => {
  await using suite = await start()
  await suite.fetch('config', '/api/v1/secrets', secret({ secret_key: 5, secret_value: 'x' }))
  for (const allow of ['violation', 'violation:config', 'violation:config.createSecret']) {
    expect(await suite.verify({ allow: [allow] })).toMatchObject({ passed: true, findings: [{ kind: 'violation', fails: false, allowed: allow }] })
  }
  for (const allow of ['unmatched', 'violation:comms', 'violation:config.getConfig']) {
    expect(await suite.verify({ allow: [allow] })).toMatchObject({ passed: false, findings: [{ fails: true, allowed: null }] })
  }
})

test('which kinds fail is for the caller to say', async () => {
  await using suite = await start()
  await suite.fetch('config', '/api/v1/config/X', { headers: { 'x-internal-api-key': 'guess' } })
  await suite.fetch('config', '/nowhere')
  const failing = async (failOn: FindingKind[]) => (await suite.verify({ failOn })).findings.map(({ kind, fails }) => `${kind} ${fails}`)
  expect(await failing(['refused'])).toEqual(['refused true', 'unmatched false'])
  expect(await failing(['unmatched', 'refused'])).toEqual(['unmatched true', 'refused true'])
  expect((await suite.verify({ failOn: [] })).passed).toBe(true)
})

test.each([
  ['violaton', 'bad-option', /Did you mean "violation"\?$/],
  ['violation:confg', 'unknown-service', /Did you mean "config"\?$/],
  ['violation:config.getConfg', 'unknown-operation', /config does not have it\. Did you mean "getConfig"\?$/],
])('to allow %s is refused: it would allow nothing', async (text, code, message) => {
  await using suite = await start()
  await expect(suite.verify({ allow: [text] })).rejects.toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
})

test('it looks at all since the start, or at what came after the last reset', async () => {
  await using suite = await start()
  await suite.fetch('config', '/before')
  await suite.fetch('config', '/both')
  suite.reset()
  await suite.fetch('config', '/health')
  await suite.fetch('config', '/both')
  expect(await suite.verify({ since: 'reset' })).toMatchObject({
    ...{ since: 'reset', lanes: [{ lane: 0, requests: 2 }], services: [{ service: 'config', requests: 2 }, { requests: 0 }] },
    findings: [{ told: 'no operation of config takes GET /both', times: 1, seq: 2 }],
  })
  expect(await suite.verify()).toMatchObject({
    lanes: [{ requests: 4 }],
    findings: [
      { told: 'no operation of config takes GET /both', times: 2, seq: null },
      { told: 'no operation of config takes GET /before', times: 1, seq: null },
    ],
  })
  suite.reset()
  expect(await suite.verify({ since: 'reset' })).toMatchObject({ passed: true, lanes: [{ requests: 0 }], findings: [], gaps: { missing: [] } })
  expect((await suite.verify({ since: 'reset' })).gaps.uncalled).toHaveLength(of('config') + of('comms'))
  expect((await suite.verify()).gaps.uncalled).toHaveLength(of('config') + of('comms') - 1)
})

test('lanes are judged each for itself, or together: what came in several is told once', async () => {
  await using suite = await start({ lanes: 3 })
  await suite.fetch('config', '/nowhere', { lane: 1 })
  await suite.fetch('config', '/nowhere', { lane: 2 })
  expect(await suite.verify({ lane: 0 })).toMatchObject({ passed: true, lanes: [{ lane: 0, requests: 0 }] })
  expect((await suite.verify({ lane: 1 })).findings).toMatchObject([{ lane: 1, times: 1 }])
  expect((await suite.verify()).findings).toMatchObject([{ lane: 1, times: 2 }])
  suite.lane(1).reset()
  expect((await suite.verify({ since: 'reset' })).findings).toMatchObject([{ lane: 2, times: 1 }])
  await expect(suite.verify({ lane: 3 })).rejects.toThrow(expect.objectContaining({ code: 'unknown-lane' }))
})

const idle = { when: { operation: 'getConfig' }, inject: [{ fault: 'reset' as const }] }
const NEVER = ['rule 1 of flaps was never met: getConfig: reset the connection', 0]

test('a rule that nothing was for is found, also when its scenario was stopped or replaced', async () => {
  await using suite = await start()
  const { stop } = await play(suite, idle)
  expect(await suite.verify()).toMatchObject({
    passed: false,
    findings: [{ kind: 'rule-never-met', service: 'config', operation: 'getConfig', rule: { scenario: 'flaps', rule: 'rule 1' }, request: null, seq: null }],
  })
  stop()
  expect(await told(suite)).toEqual([NEVER])
  await play(suite, { ...idle, when: { service: 'config', operation: 'health' } })
  await play(suite, { ...idle, when: { operation: 'getSecret' } })
  expect((await told(suite)).map(([words]) => words)).toEqual([
    'rule 1 of flaps was never met: getConfig: reset the connection',
    'rule 1 of flaps was never met: config.health: reset the connection',
    'rule 1 of flaps was never met: getSecret: reset the connection',
  ])
  expect((await suite.verify({ allow: ['rule-never-met:config'] })).passed).toBe(true)
  expect((await suite.verify({ allow: ['rule-never-met:comms'] })).passed).toBe(false)
})

/** How many rules were never met, since the start and since the reset. */
const unmet = async (suite: Suite) => [(await ids(suite)).length, (await ids(suite, { since: 'reset' })).length]

test('a rule that was met once counts as met for good', async () => {
  await using suite = await start()
  const { stop } = await play(suite, { ...idle, skip: 1 })
  await suite.fetch('config', '/api/v1/config/X', { headers: key })
  suite.reset()
  expect(await unmet(suite)).toEqual([0, 0])
  stop()
  expect(await unmet(suite)).toEqual([0, 0])
})

test('what plays on over a reset need not be met after it, but over the whole run; what is put to play after it must', async () => {
  await using suite = await start()
  const { stop } = await play(suite, idle)
  expect(await unmet(suite)).toEqual([1, 1])
  suite.reset()
  expect(await unmet(suite)).toEqual([1, 0])
  await suite.play({ name: 'other', story: 'Another.', rules: [idle] })
  expect(await unmet(suite)).toEqual([2, 1])
  await play(suite, idle)
  expect(await unmet(suite)).toEqual([2, 2])
  stop()
  suite.reset()
  expect(await unmet(suite)).toEqual([2, 0])
  await suite.fetch('config', '/api/v1/config/X', { headers: key }).catch(() => {})
  expect(await unmet(suite)).toEqual([0, 0])
})

test('what is stopped after a reset that it came over need not have been met since', async () => {
  await using suite = await start()
  const { stop } = await play(suite, idle)
  suite.reset()
  stop()
  expect(await unmet(suite)).toEqual([1, 0])
})

const wrong = (suite: Suite, lane = 0) => suite.fetch('config', '/api/v1/secrets', { ...secret({ secret_key: 5, secret_value: 'x' }), lane })
const nowhere = (suite: Suite, lane = 0) => suite.fetch('config', '/nowhere', { lane })
const VIOLATION = 'violation:config.createSecret'

test('what is said to the suite lets pass what came in its generation, before and after, in both views', async () => {
  await using suite = await start()
  await wrong(suite)
  suite.lane(0).allow([VIOLATION])
  await wrong(suite)
  for (const since of ['start', 'reset'] as const) {
    expect(await suite.verify({ since })).toMatchObject({ passed: true, findings: [{ fails: false, allowed: VIOLATION, times: 2, times_allowed: 2 }] })
  }
  suite.reset()
  expect(await suite.verify({ since: 'reset' })).toMatchObject({ passed: true, findings: [] })
  expect(await suite.verify()).toMatchObject({ passed: true, findings: [{ allowed: VIOLATION, times: 2, times_allowed: 2 }] })
})

test('the next reset ends it: times that were allowed and times that were not are counted apart, and told is the first that was not', async () => {
  await using suite = await start()
  suite.lane(0).allow(['violation'])
  await wrong(suite)
  suite.reset()
  await suite.fetch('config', '/health')
  await wrong(suite)
  await wrong(suite)
  const finding = { fails: true, allowed: null, seq: 2 }
  expect(await suite.verify({ since: 'reset' })).toMatchObject({ passed: false, findings: [{ ...finding, times: 2, times_allowed: 0 }] })
  expect(await suite.verify()).toMatchObject({ passed: false, findings: [{ ...finding, times: 3, times_allowed: 1 }] })
  expect(await suite.verify({ allow: [VIOLATION] })).toMatchObject({ passed: true, findings: [{ allowed: VIOLATION, times: 3, times_allowed: 3 }] })
  suite.reset()
  expect(await suite.verify()).toMatchObject({ passed: false, findings: [{ fails: true, times: 3, times_allowed: 1 }] })
})

test('it lets nothing else pass, and is said to one lane', async () => {
  await using suite = await start({ lanes: 2 })
  suite.lane(1).allow([VIOLATION, VIOLATION, 'unmatched:comms'])
  expect(suite.lanes.map(({ allowances }) => allowances.texts)).toEqual([[], [VIOLATION, 'unmatched:comms']])
  await wrong(suite, 1)
  expect((await suite.verify()).passed).toBe(true)
  await nowhere(suite, 1)
  expect((await suite.verify({ lane: 1 })).findings.map(({ kind, fails }) => [kind, fails])).toEqual([
    ['unmatched', true],
    ['violation', false],
  ])
  await wrong(suite, 0)
  await wrong(suite, 0)
  expect((await suite.verify()).findings[1]).toMatchObject({ fails: true, lane: 0, times: 3, times_allowed: 1 })
})

test('a renewal of the suite ends it as a reset does', async () => {
  await using suite = await start()
  suite.lane(0).allow([VIOLATION])
  await wrong(suite)
  await suite.renew({ world: {} })
  expect(suite.lane(0).allowances.texts).toEqual([])
  expect((await suite.verify()).passed).toBe(true)
  await wrong(suite)
  expect((await suite.verify()).passed).toBe(false)
})

test('a rule that was never met passes if that was allowed wherever it played', async () => {
  await using suite = await start()
  const { stop } = await play(suite, idle)
  suite.lane(0).allow(['rule-never-met:config.getConfig'])
  const allowed = { passed: true, findings: [{ kind: 'rule-never-met', allowed: 'rule-never-met:config.getConfig', times: 0, times_allowed: 0 }] }
  expect(await suite.verify()).toMatchObject(allowed)
  stop()
  suite.reset()
  expect(await suite.verify()).toMatchObject(allowed)
  await play(suite, idle)
  expect(await suite.verify()).toMatchObject({ passed: false, findings: [{ fails: true, allowed: null }] })
})

test('past what is told apart, what was allowed is still counted apart', async () => {
  await using suite = await start()
  const many = async () => {
    for (let n = 0; n < 260; n += 1) await suite.fetch('config', `/nowhere/${String.fromCharCode(97 + (n % 26))}${'x'.repeat(Math.floor(n / 26))}`)
  }
  await many()
  suite.lane(0).allow(['unmatched'])
  suite.reset()
  const counts = async () => {
    const { findings } = await suite.verify()
    return [findings.length, ...(['times', 'times_allowed'] as const).map((count) => findings.reduce((sum, one) => sum + one[count], 0))]
  }
  expect([await counts(), (await suite.verify()).passed]).toEqual([[201, 260, 260], true])
  await many()
  expect([await counts(), (await suite.verify()).passed]).toEqual([[201, 520, 260], false])
  suite.reset()
  expect([await counts(), (await suite.verify()).passed]).toEqual([[201, 520, 260], false])
})

test('whatever is asked, allowed and reset, each way to go wrong is counted to the last one', async () => {
  const step = fc.constantFrom('wrong', 'nowhere', 'allow violation', 'allow unmatched', 'reset')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await using suite = await start({ services: ['config'] })
      const expected = { violation: [0, 0], unmatched: [0, 0] }
      const kinds = ['violation', 'unmatched'] as const
      // Of a generation nothing is known before it ends.
      let came: (typeof kinds)[number][] = []
      let allowed: string[] = []
      const end = () => {
        for (const kind of came) {
          expected[kind][0] = (expected[kind][0] as number) + 1
          expected[kind][1] = (expected[kind][1] as number) + (allowed.includes(kind) ? 1 : 0)
        }
        came = []
        allowed = []
      }
      for (const one of steps) {
        if (one === 'wrong') came.push('violation')
        if (one === 'wrong') await wrong(suite)
        if (one === 'nowhere') came.push('unmatched')
        if (one === 'nowhere') await nowhere(suite)
        if (one.startsWith('allow')) {
          const kind = one.slice('allow '.length)
          suite.lane(0).allow([kind])
          allowed.push(kind)
        }
        if (one === 'reset') {
          suite.reset()
          end()
        }
      }
      end()
      const { findings, passed } = await suite.verify()
      for (const kind of kinds) {
        const found = findings.find((finding) => finding.kind === kind)
        expect([found?.times ?? 0, found?.times_allowed ?? 0]).toEqual(expected[kind])
      }
      expect(passed).toBe(kinds.every((kind) => expected[kind][0] === expected[kind][1]))
    }),
    { numRuns: 60 },
  )
})

test.each([
  ['violaton', 'bad-option', /Did you mean "violation"\?$/],
  ['violation:confg', 'unknown-service', /Did you mean "config"\?$/],
  ['violation:config.getConfg', 'unknown-operation', /Did you mean "getConfig"\?$/],
])('to say %s is refused, and then nothing more is allowed', async (text, code, message) => {
  await using suite = await start()
  expect(() => suite.lane(0).allow(['unmatched', text])).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
  expect(suite.lane(0).allowances.texts).toEqual([])
})

test('over the control API it is said to one lane or to all, and can be asked', async () => {
  await using suite = await start({ lanes: 2 })
  const control = controlOf(suite)
  const lane = (index: number, ...allow: string[]) => ({ lane: index, allow })
  expect(control.post('/v1/allowances?lane=1', { allow: [VIOLATION] })).toMatchObject({ status: 200, body: { lanes: [lane(1, VIOLATION)] } })
  expect(control.post('/v1/allowances', { allow: ['unmatched'] }).body).toEqual({ lanes: [lane(0, 'unmatched'), lane(1, VIOLATION, 'unmatched')] })
  expect(control.get('/v1/allowances?lane=1').body).toEqual({ lanes: [lane(1, VIOLATION, 'unmatched')] })
  expect(control.post('/v1/allowances', { allow: ['refused', 'refused:confg'] })).toMatchObject({ status: 404, body: { code: 'unknown-service' } })
  expect(control.post('/v1/allowances', { allow: ['refusd'] })).toMatchObject({ status: 422, body: { code: 'bad-option' } })
  expect(control.post('/v1/allowances', { allow: 'refused' })).toMatchObject({ status: 422, body: { code: 'invalid' } })
  control.post('/v1/reset?lane=1')
  expect(control.get('/v1/allowances').body).toEqual({ lanes: [lane(0, 'unmatched'), lane(1)] })
  expect(control.complaints).toEqual([])
})

test('a rule is met when it was met in any lane that is looked at', async () => {
  await using suite = await start({ lanes: 2 })
  await play(suite, { ...idle, skip: 1 })
  await suite.fetch('config', '/api/v1/config/X', { headers: key, lane: 1 })
  expect([await ids(suite), (await ids(suite, { lane: 0 })).length, await ids(suite, { lane: 1 })]).toEqual([[], 1, []])
})

test('a port that was shut has met its rule: no request has to come', async () => {
  await using suite = await start()
  await play(suite, { when: { service: 'config' }, during: { after: '10s' }, inject: [{ fault: 'down' }] })
  expect(await ids(suite)).toHaveLength(1)
  suite.clock.advance('11s')
  expect(await ids(suite)).toEqual([])
})

test('it is exact where the journal keeps nothing', async () => {
  await using suite = await start({ journalLimit: 0 })
  for (let n = 0; n < 250; n += 1) await suite.fetch('config', `/nowhere/${n}`)
  expect(suite.journal.entries()).toEqual([])
  expect(await suite.verify()).toMatchObject({
    findings: [{ id: 'unmatched config unknown-operation GET /nowhere/{}', times: 250, seq: 1, request: { target: '/nowhere/0' } }],
    gaps: { missing: [{ service: 'config', method: 'GET', path: '/nowhere/{}', times: 250 }] },
  })
})

test('past what is told apart it goes on counting, so nothing passes that should not', async () => {
  await using suite = await start({ journalLimit: 10 })
  const words = Array.from({ length: 300 }, (_, n) => `/nowhere/${String.fromCharCode(97 + (n % 26))}${'x'.repeat(Math.floor(n / 26))}`)
  for (const path of words) await suite.fetch('config', path)
  await suite.fetch('config', '/api/v1/secrets', secret({ secret_key: 5, secret_value: 'x' }))
  const { findings } = await suite.verify()
  expect(findings).toHaveLength(202)
  expect(findings.filter(({ kind }) => kind === 'unmatched').reduce((sum, { times }) => sum + times, 0)).toBe(300)
  expect(findings).toContainEqual(expect.objectContaining({ id: 'unmatched config (more)', times: 100 }))
  expect(await suite.verify({ allow: ['unmatched'] })).toMatchObject({ passed: false })
  expect(await suite.verify({ allow: ['unmatched', 'violation:config.createSecret'] })).toMatchObject({ passed: true })
})

test('callbacks are no requests of the client', async () => {
  await using suite = await start()
  const { journal } = suite.lane(0)
  const request = { method: 'POST', target: 'http://127.0.0.1:1/hook', headers: '', body: '' }
  await suite.fetch('config', '/health')
  const [entry] = suite.journal.entries()
  journal.add({
    ...{ startedAt: 0, endedAt: 0, arrival: entry?.arrival ?? 0, contract: config, operation: undefined, direction: 'out', request },
    ...{ outcome: { kind: 'close' }, injections: [], problem: undefined, violations: [], failure: undefined, gone: false },
  })
  expect(await suite.verify()).toMatchObject({ passed: true, lanes: [{ requests: 1 }], services: [{ requests: 1 }, { requests: 0 }] })
})

const anId = fc.oneof(
  fc.uuid(),
  fc.nat().map(String),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 40 }),
  fc.integer().map((seed) => createIds(seed).next('alert')),
  fc.integer().map((seed) => createIds(seed).uuid()),
)

test('calls that differ in an id alone are one gap, and others are not', async () => {
  await fc.assert(
    fc.asyncProperty(anId, anId, async (one, other) => {
      await using suite = await start({ services: ['config'] })
      await suite.fetch('config', `/api/v9/widgets/${one}/parts?page=1`)
      await suite.fetch('config', `/api/v9/widgets/${other}/parts?page=2`)
      await suite.fetch('config', `/api/v9/gadgets/${other}/parts`)
      expect((await suite.verify()).gaps.missing).toEqual([
        { service: 'config', method: 'GET', path: '/api/v9/widgets/{}/parts', times: 2 },
        { service: 'config', method: 'GET', path: '/api/v9/gadgets/{}/parts', times: 1 },
      ])
    }),
    { numRuns: 25 },
  )
})

test('the control API tells the same', async () => {
  await using suite = await start({ lanes: 2 })
  const control = controlOf(suite)
  await suite.fetch('config', '/nowhere')
  await suite.fetch('config', '/api/v1/config/X', { headers: { 'x-internal-api-key': 'guess' } })
  expect((await control.later('GET', '/v1/verification')).body).toEqual(await suite.verify())
  expect((await control.later('GET', '/v1/verification?lane=1&since=reset')).body).toEqual(await suite.verify({ lane: 1, since: 'reset' }))
  const [allow, failOn] = [['unmatched:config', 'violation'], ['refused'] as const]
  const judged = await suite.verify({ allow, failOn })
  expect((await control.later('GET', '/v1/verification?allow=unmatched:config&allow=violation&fail_on=refused')).body).toEqual(judged)
  expect((await control.later('GET', '/v1/verification?allow=unmatched:config,violation&fail_on=refused')).body).toEqual(judged)
  expect(await control.later('GET', '/v1/verification?fail_on=refusd')).toMatchObject({ status: 422, body: { code: 'bad-option' } })
  expect(await control.later('GET', '/v1/verification?allow=refused:confg')).toMatchObject({ status: 404, body: { code: 'unknown-service' } })
  expect(control.complaints).toEqual([])
})
