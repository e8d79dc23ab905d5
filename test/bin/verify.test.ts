import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { github } from '../../bin/reports/github.ts'
import { junit } from '../../bin/reports/junit.ts'
import { sarif } from '../../bin/reports/sarif.ts'
import { verificationText } from '../../bin/reports/verify.ts'
import { verificationMarkdown } from '../../bin/reports/verify-markdown.ts'
import { verificationOutcome } from '../../bin/reports/verify-outcome.ts'
import type { Explanation } from '../../contracts/kit/explanation.ts'
import type { Verification, VerificationFinding } from '../../contracts/verification.ts'
import { startSuite } from '../../mocks/index.ts'
import { folder } from './folder.ts'
import { HOSTILE } from './hostile-texts.ts'
import { readSarif } from './read-sarif.ts'
import { readXml } from './read-xml.ts'
import { mockSuite } from './recorder.ts'

afterEach(() => vi.unstubAllEnvs())

const plain = { paint: (_style: unknown, text: string) => text }

function finding(own: Partial<VerificationFinding> = {}): VerificationFinding {
  return {
    ...{ id: 'unmatched alert unknown-operation GET /api/v9/alerts/{}', kind: 'unmatched', fails: true, allowed: null, lane: 1, service: 'alert' },
    ...{ operation: null, told: 'no operation of alert takes GET /api/v9/alerts/{}', times: 3, times_allowed: 0, seq: 7, explanation: null, rule: null },
    request: { method: 'GET', target: '/api/v9/alerts/17' },
    ...own,
  }
}

const allowed = finding({
  ...{ id: 'violation alert.createAlert invalid body /user_id', kind: 'violation', fails: false, allowed: 'violation:alert', operation: 'createAlert' },
  ...{ told: 'alert.createAlert was sent what it does not take: body /user_id: expected text', times: 1, times_allowed: 1, seq: null },
})
const rule = finding({
  ...{ id: 'rule-never-met flaps, rule 1: alert: reset', kind: 'rule-never-met', told: 'rule 1 of flaps was never met: alert: reset', times: 0, seq: null },
  ...{ request: null, rule: { scenario: 'flaps', rule: 'rule 1' } },
})

function verification(own: Partial<Verification> = {}): Verification {
  return {
    ...{ passed: false, since: 'start', lanes: [{ lane: 1, requests: 9 }], findings: [finding(), rule, allowed] },
    services: [
      { service: 'alert', requests: 9, operations: 25 },
      { service: 'comms', requests: 0, operations: 18 },
    ],
    gaps: {
      missing: [{ service: 'alert', method: 'GET', path: '/api/v9/alerts/{}', times: 3 }],
      uncalled: [
        { service: 'alert', operation: 'health', method: 'GET', path: '/health' },
        { service: 'comms', operation: 'sendEmail', method: 'POST', path: '/email' },
      ],
    },
    ...own,
  }
}

/** Everything in a verification that may come from a client, or from a file, set to one hostile text. */
function hostile(text: string): Verification {
  const candidate = { service: text, operation: text, method: text, path: text, distance: 0 }
  const criteria = [{ part: 'path' as const, met: false, expected: text, got: text, hint: text }]
  const body = [{ pointer: text, change: 'wrong' as const, refused: true, expected: text, got: text, hint: text }]
  const explanation: Explanation = { problem: text, told: text, nearest: [{ ...candidate, criteria, body }], curl: text, text }
  const strange = { id: text, told: text, request: { method: text, target: text }, explanation }
  return verification({
    findings: [finding(strange), finding({ ...strange, kind: 'refused', fails: false, operation: text }), finding({ ...strange, fails: false, allowed: text })],
    gaps: { missing: [{ service: 'alert', method: text, path: text, times: 1 }], uncalled: [] },
  })
}

const forAll = (check: (text: string) => void) =>
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE)), check), { examples: HOSTILE.map((text) => [text]) })

test('the text names each finding, where it came first, and what lets it pass', () => {
  expect(verificationText(verification(), plain)).toMatchInlineSnapshot(`
    "2 findings fail: 1 unmatched, 1 rule-never-met; 1 told that fails nothing
    9 requests in lane 1 since the start

    Requests that no operation takes
    Correct the address or the method that the client uses; or write the operation into the contract, if the real
    service has it.

    ✗ no operation of alert takes GET /api/v9/alerts/{}  ×3
        first GET /api/v9/alerts/17, number 7 of the journal of lane 1
        unmatched alert unknown-operation GET /api/v9/alerts/{}

    Rules of scenarios that were never met
    No request was what the rule waits for: correct its when, or the test that was to meet it.

    ✗ rule 1 of flaps was never met: alert: reset
        rule-never-met flaps, rule 1: alert: reset

    Requests that break their contract
    Correct what the client sends: the real service would refuse it too. A test that sends it on purpose allows
    it.

    · alert.createAlert was sent what it does not take: body /user_id: expected text
        first GET /api/v9/alerts/17, lane 1, before the last reset
        allowed by violation:alert
        violation alert.createAlert invalid body /user_id

    Gaps: 1 call that no fake has; 2 of 43 operations never called (--gaps lists them)"
  `)
})

test('where some of the times were allowed, every report says how many', () => {
  const partly = verification({ findings: [finding({ times_allowed: 2 })] })
  expect(verificationText(partly, plain)).toContain('✗ no operation of alert takes GET /api/v9/alerts/{}  ×3, 2 of them allowed\n')
  expect(verificationMarkdown(partly)).toContain('| 3, 2 allowed |')
  expect(verificationOutcome(partly).results[0]?.message).toMatch(/^3 times, 2 of them allowed, first GET /)
})

test('with --gaps it lists what no fake has and what was never called', () => {
  const written = verificationText(verification({ findings: [], passed: true }), { ...plain, gaps: true })
  expect(written).toMatchInlineSnapshot(`
    "All as agreed
    9 requests in lane 1 since the start

    Called, and no fake has it
      alert  GET /api/v9/alerts/{}  ×3

    Never called
      alert: 1 of 25 operations: health
      comms: was never called at all, and has 18 operations"
  `)
})

test('Markdown folds up what is long, and keeps its tables', () => {
  expect(verificationMarkdown(verification())).toMatchInlineSnapshot(`
    "## ❌ Verification: 2 findings fail: 1 unmatched, 1 rule-never-met; 1 told that fails nothing

    9 requests in lane 1 since the start

    ### Requests that no operation takes

    Correct the address or the method that the client uses; or write the operation into the contract, if the real service has it.

    |  |  | times | first |
    | --- | --- | --- | --- |
    | ✗ | \`no operation of alert takes GET /api/v9/alerts/{}\` | 3 | \`GET /api/v9/alerts/17\`<br>lane 1, number 7 |

    ### Rules of scenarios that were never met

    No request was what the rule waits for: correct its when, or the test that was to meet it.

    |  |  | times | first |
    | --- | --- | --- | --- |
    | ✗ | \`rule 1 of flaps was never met: alert: reset\` | – | – |

    ### Requests that break their contract

    Correct what the client sends: the real service would refuse it too. A test that sends it on purpose allows it.

    |  |  | times | first |
    | --- | --- | --- | --- |
    | allowed by \`violation:alert\` | \`alert.createAlert was sent what it does not take: body /user_id: expected text\` | 1 | \`GET /api/v9/alerts/17\`<br>lane 1 |

    <details><summary>Gaps: 1 called and no fake has it, 2 never called</summary>

    | service | called, and no fake has it | times |
    | --- | --- | --- |
    | \`alert\` | \`GET /api/v9/alerts/{}\` | 3 |

    Never called:

    - \`alert\`: 1 of 25 operations: \`health\`
    - \`comms\`: was never called at all, and has 18 operations

    </details>"
  `)
  const rows = (text: string) =>
    verificationMarkdown(hostile(text))
      .split('\n')
      .filter((line) => line.startsWith('| '))
  forAll((text) => {
    expect(rows(text)).toHaveLength(rows('x').length)
  })
})

test('nothing that a client sent reaches the terminal, or the page, as a command', () => {
  forAll((text) => {
    const written = verificationText(hostile(text), { ...plain, gaps: true })
    expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    expect(verificationMarkdown(hostile(text)).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  })
})

test('JUnit has a case for each service and each thing that is to hold of it: failed, skipped or passed', () => {
  const suites = readXml(junit(verificationOutcome(verification())))
  expect(suites.attributes).toEqual({ name: 'verify', tests: '11', failures: '2', skipped: '5', errors: '0' })
  const cases = suites.children.flatMap(({ children }) => children)
  expect(cases.map(({ attributes, children }) => [`${attributes.classname}: ${attributes.name}`, ...children.map(({ name }) => name)]).slice(0, 7)).toEqual([
    ['alert: every request meets an operation', 'failure'],
    ['alert: every request keeps its contract', 'system-out'],
    ['alert: every credential is taken'],
    ['alert: no handler fails'],
    ['alert: every answer keeps its contract'],
    ['comms: every request meets an operation', 'skipped'],
    ['comms: every request keeps its contract', 'skipped'],
  ])
  expect(cases.at(-1)).toMatchObject({
    attributes: { classname: 'scenarios', name: 'every rule of a scenario is met' },
    children: [{ name: 'failure', attributes: { type: 'rule-never-met', message: 'rule 1 of flaps was never met: alert: reset' } }],
  })
})

test('JUnit is well-formed, and SARIF keeps its schema, whatever a client sent', () => {
  forAll((text) => {
    readXml(junit(verificationOutcome(hostile(text))))
    readSarif(sarif(verificationOutcome(hostile(text)), { version: '1.2.3' }))
  })
})

test('SARIF names its rules and its findings; what is allowed is suppressed in it', () => {
  const { tool, results } = readSarif(sarif(verificationOutcome(verification()), { version: '1.2.3' }))
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(['unmatched', 'violation', 'refused', 'rule-never-met', 'handler-failure', 'off-contract'])
  expect(results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions !== undefined])).toEqual([
    ['unmatched', 'error', false],
    ['rule-never-met', 'error', false],
    ['violation', 'note', true],
  ])
  expect(results[0]).toMatchObject({ partialFingerprints: { 'mockSuiteFinding/v1': 'unmatched alert unknown-operation GET /api/v9/alerts/{}' } })
})

test('an annotation is one line whatever a client sent, and what is allowed is no news', () => {
  const lines = github(verificationOutcome(verification())).split('\n')
  expect(lines.map((line) => line.split('::')[1])).toEqual([
    'error title=no operation of alert takes GET /api/v9/alerts/{}',
    'error title=rule 1 of flaps was never met%3A alert%3A reset',
  ])
  forAll((text) => {
    const written = github(verificationOutcome(hostile(text))).split('\n')
    expect(written).toHaveLength(2)
    for (const line of written) expect(line).toMatch(/^::(?:error|notice) title=[^:,]*::[^\r\n]*$/)
  })
})

const key = { 'x-internal-api-key': 'mock-internal-key-7c3e5a9d1f60' }
const start = () => startSuite({ services: ['alert'], ports: 'auto', lanes: 2, control: true, complain: () => {} })
const verify = (suite: { control: { url: string } | undefined }, ...words: string[]) => mockSuite(['verify', ...words], { MOCK_SUITE_URL: suite.control?.url })

test('verify exits with 1 when something fails, and with 0 when nothing does or all of it is allowed', async () => {
  await using suite = await start()
  expect(await verify(suite)).toMatchObject({ code: 0, out: expect.stringMatching(/^All as agreed\n0 requests in 2 lanes since the start\n/) })
  await fetch(`${suite.url('alert', 1)}/api/v1/alerts`, { method: 'POST', headers: { ...key, 'content-type': 'application/json' }, body: '{"user_id":5}' })
  const { code, out } = await verify(suite)
  expect(code).toBe(1)
  expect(out).toContain('1 finding fails: 1 violation')
  expect(out).toContain('~ /user_id')
  expect((await verify(suite, '--lane', '0')).code).toBe(0)
  expect((await verify(suite, '--lane', '1')).code).toBe(1)
  expect((await verify(suite, '--allow', 'violation:alert.createAlert')).code).toBe(0)
  expect((await verify(suite, '--fail-on', 'unmatched,refused')).code).toBe(0)
  suite.reset()
  expect((await verify(suite, '--since', 'reset')).code).toBe(0)
  expect((await verify(suite)).code).toBe(1)
})

test('a refused credential fails with --strict alone', async () => {
  await using suite = await start()
  await fetch(`${suite.url('alert')}/alerts?user_id=user_123`, { headers: { 'x-internal-api-key': 'guess' } })
  expect([(await verify(suite)).code, (await verify(suite, '--strict')).code]).toEqual([0, 1])
})

test('a mistyped kind, service or operation is refused: it would let pass nothing, or everything', async () => {
  await using suite = await start()
  expect(await verify(suite, '--allow', 'violaton')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean violation?') })
  expect(await verify(suite, '--fail-on', 'unmatchd')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean unmatched?') })
  expect(await verify(suite, '--allow', 'violation:alrt')).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean "alert"?') })
  expect(await verify(suite, '--allow', 'violation:alert.createAlrt')).toMatchObject({ code: 2, err: expect.stringContaining('"createAlert"') })
  expect(await verify(suite, '--lane', '7')).toMatchObject({ code: 2, err: expect.stringContaining('could not find lane 7') })
})

test('a report may go to a file; then one line says what is in it', async () => {
  await using suite = await start()
  await fetch(`${suite.url('alert')}/nowhere`)
  const file = join(folder(), 'verify.xml')
  const said = await verify(suite, '--format', 'junit', '--output', file)
  expect(said).toMatchObject({ code: 1, out: '', err: `mock-suite: verify: 1 finding fails: 1 unmatched; the report is in ${file}` })
  expect(readXml(readFileSync(file, 'utf8').trim()).attributes.failures).toBe('1')
})

test('--json is what the suite says, and github writes the summary of its step too', async () => {
  await using suite = await start()
  await fetch(`${suite.url('alert')}/nowhere`)
  expect((await verify(suite, '--json')).json()).toEqual({ schemaVersion: 1, ...(await suite.verify()) })
  const summary = join(folder(), 'summary.md')
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary)
  expect((await verify(suite, '--format', 'github')).out).toMatch(/^::error title=no operation of alert takes GET \/nowhere::/)
  expect(readFileSync(summary, 'utf8')).toMatch(/^## ❌ Verification: 1 finding fails: 1 unmatched\n/)
})
