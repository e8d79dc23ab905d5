import fc from 'fast-check'
import { expect, test } from 'vitest'
import { driftText } from '../../bin/reports/drift.ts'
import { driftMarkdown } from '../../bin/reports/drift-markdown.ts'
import { driftOutcome, type FailOn } from '../../bin/reports/drift-outcome.ts'
import { github } from '../../bin/reports/github.ts'
import { junit } from '../../bin/reports/junit.ts'
import { sarif } from '../../bin/reports/sarif.ts'
import { trustText } from '../../bin/reports/trust.ts'
import type { Finding } from '../../contracts/drift/finding.ts'
import type { DriftReport, RecordingInfo } from '../../contracts/drift/report.ts'
import { visible } from '../../contracts/kit/visible.ts'
import { finding, report } from '../contracts/drift-found.ts'
import { HOSTILE } from './hostile-texts.ts'
import { isSarif, readSarif } from './read-sarif.ts'
import { readXml } from './read-xml.ts'

const plain = { paint: (_style: unknown, text: string) => text }
const outcome = (found: DriftReport, failOn: FailOn = 'breaking') => driftOutcome(found, { failOn, lineOf: (_, entry) => entry + 2, root: process.cwd() })

const warning = finding({
  id: 'user.getUser 200 body /tier removed',
  ...{ verdict: 'fake-unfaithful', severity: 'warning', service: 'user', operation: 'getUser', pointer: '/tier', change: 'removed', readBy: [] },
  ...{ lastAgreed: null, versions: { before: null, after: null }, fakeSays: null, advice: 'Look twice.' },
})
const accepted = finding({
  id: 'alert.getAlert 200 body /score type',
  pointer: '/score',
  change: 'type',
  accepted: { reason: 'ALERT-123', until: '2026-12-31' },
})
const full = report({
  findings: [finding(), accepted, warning],
  unmatched: [{ service: 'alert', method: 'GET', path: '/alerts/history', times: 2, recording: 'contracts/recordings/alert/november.har', entry: 3 }],
})

/** Everything in a report that may come from outside, set to one hostile text. */
function hostile(text: string): DriftReport {
  const own: Partial<Finding> = {
    ...{ id: text, operation: text, pointer: text, contractSays: text, realSays: text, fakeSays: text, readBy: [text], advice: text },
    ...{ versions: { before: text, after: text }, example: { recording: text, entry: 0, pointer: text } },
  }
  const found = [finding(own), finding({ ...own, severity: 'information', accepted: { reason: text, until: '2026-12-31' } })]
  const strange = { service: text, method: text, path: text, times: 1, recording: text, entry: 0 }
  return report({
    findings: found,
    unmatched: [strange],
    recordings: [{ ...(report().recordings[0] as DriftReport['recordings'][number]), file: text, broken: true }],
  })
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...HOSTILE)).map((all) => all.join('')),
)
const forAll = (check: (text: string) => void) => fc.assert(fc.property(anyText, check), { examples: HOSTILE.map((text) => [text]), numRuns: 200 })

test('the text says who must act, then where, then what is proven', () => {
  expect(driftText(full, ['drift.accepted.yaml:7: the acceptance of x matches no finding: it can be removed'], plain)).toMatchInlineSnapshot(`
    "1 breaking, 1 warning; 1 accepted
    47 exchanges in 1 recording, 47 compared

      The provider changed    ask the team of alert   1 breaking
      The fake is unfaithful  teach the fake of user  1 warning

    The provider changed: ask the team of alert
    Ask the team of the service whether they meant it; then change the contract and our fake, and look at every
    client that reads it.

    ✗ alert.getAlert 200 /status is a value that nobody agreed on  breaking
        contract says  one of "sent", "failed"
        real says      "queued"
        fake says      "sent"
        seen           12 of 40, first 2026-11-01T10:00:00.000Z, last agreed 2026-10-01T10:00:00.000Z
        version        2.3.1 → 2.4.0
        read by        signal_delivery_service.py
        recorded in    contracts/recordings/alert/november.har entry 12 /status
        finding        alert.getAlert 200 body /status value
        → Ask the team of the service whether they meant it.

    The fake is unfaithful: teach the fake of user
    Let our fake answer as the real service does here, or make the contract narrower.

    ! user.getUser 200 /tier is not there  warning
        contract says  one of "sent", "failed"
        real says      "queued"
        seen           12 of 40, first 2026-11-01T10:00:00.000Z
        recorded in    contracts/recordings/alert/november.har entry 12 /status
        finding        user.getUser 200 body /tier removed
        → Look twice.

    Accepted
      alert.getAlert 200 /score is of another type: until 2026-12-31, ALERT-123  alert.getAlert 200 body /score type

    Recorded, and no contract has an operation for it
      alert GET /alerts/history  ×2  contracts/recordings/alert/november.har entry 3

    Coverage
      alert  1 of 3 operations proven, 1 stale
        stale: createAlert
        unproven: deleteAlert
      user  1 of 1 operation proven

    ! drift.accepted.yaml:7: the acceptance of x matches no finding: it can be removed"
  `)
})

test('nothing found is said too, with what is proven', () => {
  expect(driftText(report(), [], plain)).toMatch(/^No drift\n47 exchanges in 1 recording, 47 compared\n\nCoverage\n/)
})

test('the text is for one line a fact: nothing in a value reaches the terminal as a command', () => {
  forAll((text) => {
    const written = driftText(hostile(text), [text], plain)
    expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    expect(written).toBe(driftText(hostile(visible(text)), [visible(text)], plain))
  })
})

test('Markdown shows values as code, whatever they hold, and keeps its tables', () => {
  expect(driftMarkdown(full, ['a note'])).toMatchInlineSnapshot(`
    "## Drift: 1 breaking, 1 warning; 1 accepted

    ### The provider changed: ask the team of alert

    |  | contract says | real says | fake says | seen | recorded in |
    | --- | --- | --- | --- | --- | --- |
    | breaking<br>\`alert.getAlert 200 /status\` is a value that nobody agreed on | \`one of "sent", "failed"\` | \`"queued"\` | \`"sent"\` | 12 of 40, first 2026-11-01T10:00:00.000Z | \`contracts/recordings/alert/november.har\` entry 12<br>\`alert.getAlert 200 body /status value\` |

    ### The fake is unfaithful: teach the fake of user

    |  | contract says | real says | fake says | seen | recorded in |
    | --- | --- | --- | --- | --- | --- |
    | warning<br>\`user.getUser 200 /tier\` is not there | \`one of "sent", "failed"\` | \`"queued"\` | – | 12 of 40, first 2026-11-01T10:00:00.000Z | \`contracts/recordings/alert/november.har\` entry 12<br>\`user.getUser 200 body /tier removed\` |

    ### Accepted

    |  | reason | until | finding |
    | --- | --- | --- | --- |
    | \`alert.getAlert 200 /score\` is of another type | \`ALERT-123\` | 2026-12-31 | \`alert.getAlert 200 body /score type\` |

    ### Coverage

    | service | proven | stale | unproven |
    | --- | --- | --- | --- |
    | \`alert\` | 1 of 3 | \`createAlert\` | \`deleteAlert\` |
    | \`user\` | 1 of 1 | – | – |

    - \`a note\`"
  `)
  expect(driftMarkdown(hostile('a`b``c|d\n<b>'), [])).toContain('``` a`b``c\\|d\\n<b> ```')
  const rows = (text: string) =>
    driftMarkdown(hostile(text), [])
      .split('\n')
      .map((line) => line.replaceAll('\\|', '').split('|').length)
  forAll((text) => {
    expect(rows(text)).toEqual(rows('x'))
  })
})

test('JUnit has a case for every operation: failed, skipped or passed, and counts them right', () => {
  const suites = readXml(junit(outcome(full)))
  expect(suites.attributes).toEqual({ name: 'drift', tests: '5', failures: '1', skipped: '2', errors: '0' })
  expect(suites.children.map(({ attributes }) => attributes)).toEqual([
    { name: 'alert', tests: '4', failures: '1', skipped: '2', errors: '0' },
    { name: 'user', tests: '1', failures: '0', skipped: '0', errors: '0' },
  ])
  const cases = suites.children.flatMap(({ children }) => children)
  expect(cases.map(({ attributes, children }) => [`${attributes.classname}.${attributes.name}`, ...children.map(({ name }) => name)])).toEqual([
    ['alert.getAlert', 'failure', 'system-out'],
    ['alert.createAlert', 'skipped'],
    ['alert.deleteAlert', 'skipped'],
    ['alert.GET /alerts/history', 'system-out'],
    ['user.getUser', 'system-out'],
  ])
  expect(cases[0]?.children[0]).toMatchObject({
    attributes: { type: 'provider-changed', message: 'alert.getAlert 200 /status: is a value that nobody agreed on' },
  })
  expect(cases[0]?.children[0]?.text).toContain('real says: "queued"')
})

test('a lower level fails more cases, and none fails none', () => {
  const failures = (failOn: FailOn) => readXml(junit(outcome(full, failOn))).attributes.failures
  expect([failures('none'), failures('breaking'), failures('warning'), failures('information')]).toEqual(['0', '1', '2', '2'])
})

test('several findings of one operation are one failure that tells them all', () => {
  const [suite] = readXml(junit(outcome(report({ findings: [finding(), finding({ id: 'another', pointer: '/score' })] })))).children
  const [failure, ...others] = suite?.children[0]?.children ?? []
  expect(others).toEqual([])
  expect(failure?.attributes.message).toMatch(/ \(and 1 more\)$/)
  expect(failure?.text).toContain('[another]')
})

test('JUnit is well-formed whatever was recorded', () => {
  forAll((text) => void readXml(junit(outcome(hostile(text), 'information'))))
})

test('SARIF keeps its schema, names its rules, and points into the recording', () => {
  const { tool, results } = readSarif(sarif(outcome(full), { version: '1.2.3' }))
  expect(tool.driver.rules.map(({ id }) => id)).toEqual([
    ...['provider-changed', 'contract-wrong', 'fake-wrong', 'fake-unfaithful', 'recording-stale', 'no-operation'],
  ])
  expect(results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions !== undefined])).toEqual([
    ['provider-changed', 'error', false],
    ['provider-changed', 'error', true],
    ['fake-unfaithful', 'warning', false],
    ['no-operation', 'note', false],
  ])
  expect(results[0]).toMatchObject({
    ruleIndex: 0,
    partialFingerprints: { 'mockSuiteFinding/v1': 'alert.getAlert 200 body /status value' },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'contracts/recordings/alert/november.har' }, region: { startLine: 14 } } }],
  })
  expect(results[1]).toMatchObject({ suppressions: [{ kind: 'external', status: 'accepted', justification: 'ALERT-123 (until 2026-12-31)' }] })
})

test('a schema that takes everything would prove nothing: this one refuses a wrong log', () => {
  expect(isSarif({ version: '2.1.0' })).toBe(false)
  expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'fatal', message: { text: 'x' } }] }] })).toBe(false)
})

test('SARIF keeps its schema whatever was recorded, and its addresses are addresses', () => {
  forAll((text) => {
    for (const { locations } of readSarif(sarif(outcome(hostile(text)), { version: '1.2.3' })).results) {
      const [{ physicalLocation }] = locations as [{ physicalLocation: { artifactLocation: { uri: string } } }]
      expect(() => new URL(physicalLocation.artifactLocation.uri, 'file:///repository/')).not.toThrow()
    }
  })
})

/** What a runner reads: the command, its properties, its message, each unescaped as the runner does. */
function readAnnotation(line: string) {
  const [, command, properties = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/s.exec(line) ?? []
  const data = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  const property = (text: string) => data(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
  return {
    command,
    message: data(message),
    ...Object.fromEntries(properties.split(',').map((pair) => [pair.split('=')[0], property(pair.slice(pair.indexOf('=') + 1))])),
  }
}

test('annotations name file, line and title; what is accepted is no news', () => {
  const lines = github(outcome(full)).split('\n').map(readAnnotation)
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatchObject({
    command: 'error',
    file: 'contracts/recordings/alert/november.har',
    line: '14',
    title: 'alert.getAlert 200 /status: is a value that nobody agreed on',
  })
  expect(lines[0]?.message).toMatch(/^Ask the team of the service whether they meant it\.\ncontract says: one of "sent", "failed"\n/)
  expect(lines.map(({ command }) => command)).toEqual(['error', 'warning', 'notice'])
})

test('a value cannot break out of its annotation', () => {
  forAll((text) => {
    const lines = github(outcome(hostile(text))).split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line).toMatch(/^::(?:error|notice) file=[^:,]*,line=\d+,title=[^:,]*::[^\r\n]*$/)
  })
  expect(github(outcome(hostile('100%0A')))).toContain('100%250A')
})

test('GitHub shows ten annotations of a kind: how many more there are is said', () => {
  const many = Array.from({ length: 13 }, (_, at) => finding({ id: `finding ${at}` }))
  const lines = github(outcome(report({ findings: many }))).split('\n')
  expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(10)
  expect(lines.at(-1)).toBe('3 more errors: GitHub shows 10 of a kind, and the report has them all')
})

test('a file outside of the repository keeps its whole path', () => {
  const [first] = outcome(report({ findings: [finding({ example: { recording: '/elsewhere/a b.har', entry: 0, pointer: '' } })] })).results
  expect(first?.where?.file).toBe('/elsewhere/a b.har')
  expect(sarif(outcome(report({ findings: [finding({ example: { recording: '/elsewhere/a b.har', entry: 0, pointer: '' } })] })), { version: '1' })).toContain(
    'file:///elsewhere/a%20b.har',
  )
})

test('what of a recording could not be read is told, with the reason', () => {
  const [whole] = report().recordings
  const info = {
    ...(whole as RecordingInfo),
    file: 'cut.har',
    broken: true,
    skipped: [
      { reason: 'it is no JSON', times: 2, entry: 4 },
      { reason: 'it is too long', times: 1, entry: 9 },
    ],
  }
  const said = [
    'cut.har ends before it should: what is whole was read',
    'cut.har 2 entries were passed over, the first is 4: it is no JSON',
    'cut.har entry 9 was passed over: it is too long',
  ]
  for (const one of said) {
    expect(driftText(report({ recordings: [info] }), [], plain)).toContain(one)
    expect(driftMarkdown(report({ recordings: [info] }), [])).toContain(one)
  }
  expect(driftMarkdown(report(), [])).not.toContain('passed over')
})

test('an operation that was only recorded being refused is skipped, and says so', () => {
  const coverage = [{ service: 'alert', operation: 'getAlert', state: 'unproven', exchanges: 3, statuses: { 401: 3 }, lastRecorded: null } as const]
  expect(outcome(report({ coverage })).cases).toMatchObject([{ name: 'getAlert', skipped: 'recorded with 401 alone, which proves nothing' }])
})

test('trust is a line a service', () => {
  const lastRecorded = '2026-11-20T10:00:00.000Z'
  const services = [
    { service: 'alert', trusted: true, why: [], lastRecorded, operations: 43, proven: 14 },
    { service: 'user', trusted: false, why: ['there is no recording of it'], lastRecorded: null, operations: 9, proven: 0 },
  ]
  expect(trustText(services, plain).split('\n')).toEqual([
    '✓ alert  recorded 2026-11-20, 14 of 43 operations proven, no open breaking drift',
    '✗ user   there is no recording of it',
  ])
})
