import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import AjvDraft04 from 'ajv-draft-04'
import { execa } from 'execa'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { evolutionText } from '../../bin/reports/evolution.ts'
import { evolutionMarkdown } from '../../bin/reports/evolution-markdown.ts'
import { evolutionOutcome } from '../../bin/reports/evolution-outcome.ts'
import { github } from '../../bin/reports/github.ts'
import { junit } from '../../bin/reports/junit.ts'
import type { Evolution } from '../../contracts/drift/evolution/change.ts'
import { evolution } from '../../contracts/drift/evolution.ts'
import { built, PROGRAM } from './built.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

beforeAll(built, 120_000)

/** The shipped program, called in a folder of its own. */
const run = (cwd: string, ...words: string[]) =>
  execa(process.execPath, [resolve(PROGRAM), 'contracts', 'diff', ...words], {
    ...{ cwd, reject: false, timeout: 30_000 },
    env: { GITHUB_STEP_SUMMARY: '', GITHUB_WORKSPACE: '' },
  })

const diff = (...words: string[]) => mockSuite(['contracts', 'diff', ...words])

function document(status: object, more: object = {}): object {
  const reply = { type: 'object', properties: { status: { ...status, 'x-read-by': ['client.py'] } }, required: ['status'] }
  const get = { operationId: 'get', responses: { 200: { description: 'ok', content: { 'application/json': { schema: reply } } } }, ...more }
  return { openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths: { '/health': { get: { responses: {} } }, '/things/{id}': { get } } }
}

/** A folder with two versions in it: the older one as JSON, the newer one as YAML. */
function versions(before: object, after: object): string {
  const root = folder()
  writeFileSync(join(root, 'old.json'), JSON.stringify(before))
  writeFileSync(join(root, 'new.yaml'), stringify(after))
  return root
}

const [text, nullable] = [{ type: 'string' }, { type: ['string', 'null'] }]
const changed = () => versions(document(text), document(nullable))

test('a change that breaks a client is told with who must act first, and the exit code is 1', async () => {
  const { stdout, exitCode } = await run(changed(), 'old.json', 'new.yaml')
  expect(stdout).toBe(`1 breaking
2 operations compared

  Must act first  client.py  1 breaking

Clients first: they must be ready before the service is released

✗ GET /things/{id} 200 /status may be null now  breaking
    before   text
    after    text or null
    read by  client.py
    change   GET /things/{id} reply 200 /status null-added`)
  expect(exitCode).toBe(1)
})

test('a change that hurts nobody lets the service go first, and the exit code is 0', async () => {
  const { stdout, exitCode } = await run(versions(document(nullable), document(text)), 'old.json', 'new.yaml')
  expect(stdout).toContain('The service first: clients may follow\n\n· GET /things/{id} 200 /status may no longer be null  information')
  expect(stdout).not.toContain('Must act first')
  expect(exitCode).toBe(0)
})

test('our own contracts, as they were printed, against this build: no change', async () => {
  const root = folder()
  const printed = await mockSuite(['contracts', 'openapi'])
  writeFileSync(join(root, 'main.json'), printed.out)
  const { stdout, exitCode } = await run(root, 'main.json', 'all')
  expect(stdout).toMatch(/^No change\n\d+ operations compared$/)
  expect(exitCode).toBe(0)
})

test('a service of this build may stand on either side', async () => {
  expect(await diff('alert', 'alert')).toMatchObject({ code: 0, out: expect.stringMatching(/^No change\n/) })
  expect((await diff('alert', 'config')).out).toMatch(/^\d+ breaking, /)
})

test('what fails the run is chosen by severity', async () => {
  const root = changed()
  const files = [join(root, 'old.json'), join(root, 'new.yaml')] as const
  expect((await diff(...files, '--fail-on', 'none')).code).toBe(0)
  expect((await diff(files[1], files[0])).code).toBe(0)
  expect((await diff(files[1], files[0], '--fail-on', 'warning')).code).toBe(0)
  expect((await diff(files[1], files[0], '--fail-on', 'information')).code).toBe(1)
})

test('what cannot be read is named, with what would do, and the exit code is 2', async () => {
  const root = changed()
  writeFileSync(join(root, 'broken.yaml'), 'a: [1')
  writeFileSync(join(root, 'other.json'), '{"swagger":"2.0"}')
  const missing = await run(root, 'old.json', 'nothere.json')
  expect(missing.stderr).toContain('there is no file "nothere.json", and no service of that name. A service is one of all, alert,')
  expect(missing.exitCode).toBe(2)
  expect((await run(root, 'alrt', 'new.yaml')).stderr).toContain('Did you mean "alert"?')
  expect((await run(root, 'broken.yaml', 'new.yaml')).stderr).toMatch(/could not read broken\.yaml, which is neither JSON nor YAML:\n {2}broken\.yaml:1:/)
  expect((await run(root, 'old.json', 'other.json')).stderr).toContain('other.json: could not read the OpenAPI document: it is Swagger 2.0')
  expect((await run(root, 'old.json')).exitCode).toBe(2)
  expect((await run(root, 'old.json', '.')).stderr).toContain('could not read .')
})

test('JSON has all of it, and says whether the run failed', async () => {
  const { stdout } = await run(changed(), 'old.json', 'new.yaml', '--format', 'json')
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ schemaVersion: 1, failed: true, notes: [] },
    changes: [{ severity: 'breaking', rule: 'null-added', direction: 'reply', operation: 'GET /things/{id}', operationId: 'get', readBy: ['client.py'] }],
    operations: [{ operation: 'GET /health', tag: 'Things' }, { operation: 'GET /things/{id}' }],
  })
})

/** The names of all elements; what is no XML throws. */
function elementsOf(xml: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => names.push(name === 'testcase' ? `testcase ${attributes.name}` : name))
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return names
}

test('JUnit has a case for every operation, and a failure where one fails the run', async () => {
  const root = changed()
  const { stderr } = await run(root, 'old.json', 'new.yaml', '--format', 'junit', '--output', 'diff.xml')
  expect(elementsOf(readFileSync(join(root, 'diff.xml'), 'utf8'))).toEqual([
    'testsuites',
    'testsuite',
    'testcase GET /health',
    'testcase GET /things/{id}',
    'failure',
  ])
  expect(stderr).toBe('mock-suite: contracts diff: 1 breaking; the report is in diff.xml')
})

test('SARIF keeps its schema, and points to the operation in the newer version', async () => {
  const schema = JSON.parse(readFileSync(new URL('fixtures/sarif-schema-2.1.0.json', import.meta.url), 'utf8')) as object
  const valid = new AjvDraft04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)
  const root = changed()
  const { stdout } = await run(root, 'old.json', 'new.yaml', '--format', 'sarif')
  const log = JSON.parse(stdout) as { runs: { results: object[] }[] }
  expect(valid(log), JSON.stringify(valid.errors)).toBe(true)
  const line =
    readFileSync(join(root, 'new.yaml'), 'utf8')
      .split('\n')
      .findIndex((one) => one.includes('/things/{id}:')) + 1
  expect(log.runs[0]?.results).toMatchObject([
    { ruleId: 'null-added', level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: 'new.yaml' }, region: { startLine: line } } }] },
  ])
})

test('annotations and the page of a pull request say the same', async () => {
  const root = changed()
  expect((await run(root, 'old.json', 'new.yaml', '--format', 'github')).stdout).toMatch(
    /^::error file=new\.yaml,line=\d+,title=GET \/things\/\{id\} 200 \/status may be null now::/,
  )
  const { stdout } = await run(root, 'old.json', 'new.yaml', '--format', 'markdown')
  expect(stdout).toContain('## Contracts: 1 breaking\n\n### Clients first: they must be ready before the service is released')
  expect(stdout).toContain('| breaking<br>`GET /things/{id} 200 /status` may be null now | `text` | `text or null` | `client.py` |')
})

const plain = { paint: (_style: unknown, text: string) => text }

/** Everything that a document names, set to one hostile text. */
function hostile(text: string): Evolution {
  const told = (type: string) => ({
    ...{ openapi: '3.1.0', info: { title: text || 'x', version: '1' } },
    paths: {
      [`/${text}`]: {
        post: {
          ...{ operationId: text, tags: [text] },
          parameters: [{ name: text || 'x', in: 'query', schema: { enum: [text, type] } }],
          responses: { 200: { content: { 'application/json': { schema: { properties: { [text]: { type, 'x-read-by': [text] } } } } } } },
        },
      },
    },
  })
  return evolution(told('string'), told('integer'))
}

test('nothing that a document says reaches a terminal, a log or a parser as a command', () => {
  const hostiles = ['\u001b[31mred\u001b[0m', 'a\nb', ']]>', '"\'<&>', '\u0000\ufffe', '::error::x', '`` ` | `', '%0A', 'a:b,c', '\u202e']
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostiles))
  fc.assert(
    fc.property(anyText, (text) => {
      const found = hostile(text)
      expect(found.changes.length).toBeGreaterThan(0)
      const outcome = evolutionOutcome(found, { failOn: 'information', whereOf: () => ({ file: text, line: 1 }) })
      for (const written of [evolutionText(found, plain), evolutionMarkdown(found)])
        expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      for (const line of github(outcome).split('\n')) expect(line).toMatch(/^::(?:error|warning|notice) file=[^:,]*,line=1,title=[^:,]*::[^\r\n]*$/)
      expect(elementsOf(junit(outcome))).toContain('failure')
    }),
    { examples: hostiles.map((text) => [text]), numRuns: 100 },
  )
})
