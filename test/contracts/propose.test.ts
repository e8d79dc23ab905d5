import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { proposalsText } from '../../bin/reports/proposal.ts'
import type { Finding } from '../../contracts/drift/finding.ts'
import { changedSchema } from '../../contracts/drift/propose/changed-schema.ts'
import { objectLiterals } from '../../contracts/drift/propose/object-literals.ts'
import { unifiedDiff } from '../../contracts/drift/propose/unified-diff.ts'
import { WrittenContract } from '../../contracts/drift/propose/written-contract.ts'
import { isProposable, type Proposal, propose } from '../../contracts/drift/propose.ts'
import { defineContract, get, once, post } from '../../contracts/kit/contract.ts'
import { fastapi, py } from '../../contracts/kit/fastapi.ts'
import { folder } from '../bin/folder.ts'
import { finding } from './drift-found.ts'

const score = once(() => z.strictObject({ score: z.int(), at: z.string() }))

/** A contract, and below how it would be written. */
const alert = defineContract({
  service: 'alert',
  title: 'Alert',
  port: 1,
  host: 'alert',
  env: {},
  errors: fastapi({ version: '0.115.0' }),
  operations: {
    getAlert: get('/alerts/:id', () => ({
      summary: 'One.',
      responses: {
        200: z.strictObject({ status: z.enum(['sent', 'failed']).meta({ readBy: ['app.py'] }), total: z.int(), score: score().nullable(), more: z.json() }),
        404: z.strictObject({ detail: z.string() }),
      },
      evidence: 'client',
      source: 'a test',
      examples: {},
    })),
    createAlert: post('/alerts', () => ({
      summary: 'Makes one.',
      body: py.object({
        name: py.str(),
        symbol: py.optional(py.str({ max: 5 })),
        note: z
          .string()
          .optional()
          .meta({ readBy: ['a'] }),
        other: py.any(),
      }),
      responses: { 201: z.strictObject({ id: z.string() }) },
      evidence: 'client',
      source: 'a test',
      examples: {},
    })),
    getScore: get('/score', () => ({ summary: 'Its score.', responses: { 200: score() }, evidence: 'client', source: 'a test', examples: {} })),
  },
})

const SOURCE = `import * as z from 'zod'

const score = once(() => z.strictObject({ score: z.int(), at: z.string() }))
const slash = /^[/{]+$/ // not an object: { status: z.string() }

export const alert = defineContract({
  operations: {
    getAlert: get('/alerts/:id', () => ({
      summary: 'One { of, many }.',
      responses: {
        200: z.strictObject({
          status: z.enum(['sent', 'failed']).meta({ readBy: ['app.py'] }),
          total: z.int(),
          score: score().nullable(),
          more: z.json(),
        }),
        404: z.strictObject({ detail: z.string() }),
      },
    })),
    createAlert: post('/alerts', () => ({
      body: py.object({ name: py.str(), symbol: py.optional(py.str({ max: 5 })), note: z.string().optional().meta({ readBy: ['a'] }), other: py.any() }),
    })),
    getScore: get('/score', () => ({ responses: { 200: score() } })),
  },
})
`

function proposed(findings: readonly Partial<Finding>[], samples: readonly unknown[][], source = SOURCE) {
  const all = findings.map((own, at) => finding({ id: `finding ${at}`, ...own }))
  const written = new Map([['alert', new WrittenContract([{ file: 'contracts/alert.ts', text: source }])]])
  return propose(all, { contracts: [alert], written, samples: new Map(all.map(({ id }, at) => [id, samples[at] ?? []])) })
}

/** What the file is after all patches, by git's own judgement. */
function applied(diffs: readonly (string | null)[]): string {
  const root = folder()
  mkdirSync(join(root, 'contracts'))
  writeFileSync(join(root, 'contracts/alert.ts'), SOURCE)
  execFileSync('git', ['apply', '-'], { cwd: root, input: `${diffs.join('\n\n')}\n`, stdio: ['pipe', 'ignore', 'pipe'] })
  return readFileSync(join(root, 'contracts/alert.ts'), 'utf8')
}

const changedLines = (text: string) =>
  text
    .split('\n')
    .filter((line) => !SOURCE.split('\n').includes(line))
    .map((line) => line.trim())

test.each<[string, Partial<Finding>, unknown[], string]>([
  ['null', { pointer: '/total', change: 'null' }, [{ total: null }], 'total: z.int().nullable(),'],
  ['a member that is gone', { pointer: '/total', change: 'removed' }, [{}], 'total: z.int().optional(),'],
  ['another type', { pointer: '/total', change: 'type' }, [{ total: '12' }], 'total: z.string(),'],
  ['two types', { pointer: '/total', change: 'type' }, [{ total: '12' }, { total: 12 }], 'total: z.union([z.string(), z.int()]),'],
  ['a new word', { pointer: '/status', change: 'value' }, [{ status: 'queued' }], "status: z.enum(['sent', 'failed', 'queued']).meta({ readBy: ['app.py'] }),"],
  ['a new member', { pointer: '/vwap', change: 'added' }, [{ vwap: 1.5 }], 'vwap: z.number().optional(),'],
  ['null where it is read', { pointer: '/status', change: 'null' }, [], "status: z.enum(['sent', 'failed']).nullable().meta({ readBy: ['app.py'] }),"],
  [
    'a new status',
    { part: 'status', change: 'status', status: 409, realSays: '409', pointer: '' },
    [{ detail: 'taken' }],
    '409: z.strictObject({ detail: z.string() }),',
  ],
])('%s is proposed as a patch that git applies', (_, own, samples, line) => {
  const [proposal] = proposed([own], [samples])
  expect(changedLines(applied([proposal?.diff ?? null]))).toEqual([line])
})

test.each([
  ['/symbol', 'symbol: py.str({ max: 5 }), note'],
  ['/note', "note: z.string().meta({ readBy: ['a'] }), other"],
  ['/colour', 'other: py.any(), colour: z.unknown() }'],
])('what a service has come to insist on in a request is no longer optional: %s', (pointer, written) => {
  const [proposal] = proposed([{ ...INSISTS, pointer }], [])
  expect(changedLines(applied([proposal?.diff ?? null]))).toEqual([expect.stringContaining(written)])
  expect(proposal?.notes[0]).toBe('whoever leaves it out is refused: look at every client that sends this')
})

const INSISTS: Partial<Finding> = { direction: 'request', operation: 'createAlert', status: null, change: 'insists', realSays: '422: Field required' }

test('what a service insists on, and it cannot be told where that is written, is told in words', () => {
  const [proposal] = proposed([{ ...INSISTS, pointer: '/other' }], [])
  expect(proposal).toMatchObject({ diff: null, after: null, before: 'other: py.any()' })
  expect(proposalsText([proposal as Proposal]).split('\n')).toEqual([
    expect.stringMatching(/^# alert\.createAlert request \/other is asked for/),
    expect.stringMatching(/^# the contract says/),
    '# whoever leaves it out is refused: look at every client that sends this',
    '# the contract is to insist on it; where it is written could not be found',
  ])
  expect(isProposable(finding({ ...INSISTS, pointer: '/total', realSays: '422: Input should be less than 5' }))).toBe(false)
})

test('patches of one shape apply in a row, and a shape on one line stays on it', () => {
  const proposals = proposed(
    [
      { pointer: '/vwap', change: 'added' },
      { pointer: '/total', change: 'null' },
      { pointer: '/score/of', change: 'added' },
      { pointer: '/score/at', change: 'removed' },
    ],
    [[{ vwap: 1.5 }], [], [{ of: 3 }], []],
  )
  expect(changedLines(applied(proposals.map(({ diff }) => diff)))).toEqual([
    'const score = once(() => z.strictObject({ score: z.int(), at: z.string().optional(), of: z.int().optional() }))',
    'total: z.int().nullable(),',
    'vwap: z.number().optional(),',
  ])
})

test('a shape that serves two operations is changed once, and both are named', () => {
  const [first, second] = proposed(
    [
      { pointer: '/score/at', change: 'null' },
      { operation: 'getScore', pointer: '/at', change: 'null' },
    ],
    [],
  )
  expect(first?.diff).toContain('+const score = once(() => z.strictObject({ score: z.int(), at: z.string().nullable() }))')
  expect(first?.notes).toContain('this shape also serves getScore')
  expect(second).toMatchObject({ diff: null, after: null, notes: ['the same as for finding 0: both read one shape'] })
  expect(proposalsText([second as Proposal])).toMatch(/both read one shape$/)
})

test('what is written in no place, or in two, is proposed as a fragment', () => {
  const samples = [[{ total: null }, { total: 3 }]]
  for (const source of ['', SOURCE + SOURCE]) {
    expect(proposed([{ pointer: '/total', change: 'null' }], samples, source)[0]).toMatchObject({
      before: null,
      after: 'total: z.int().nullable()',
      diff: null,
    })
  }
})

test('only what another contract would settle is proposed', () => {
  expect(isProposable(finding())).toBe(true)
  expect(isProposable(finding({ verdict: 'fake-wrong' }))).toBe(false)
  expect(isProposable(finding({ direction: 'request', change: 'insists' }))).toBe(false)
  expect(isProposable(finding({ mended: '2026-11-21T00:00:00.000Z' }))).toBe(false)
})

test.each([
  ["z.enum(words).meta({ readBy: ['a'] })", "z.enum([...words, 'new']).meta({ readBy: ['a'] })"],
  ["z.enum(['a', 'b',])", "z.enum(['a', 'b', 'new'])"],
  ["z.literal('a').nullable()", "z.enum(['a', 'new']).nullable()"],
  ['priority()', undefined],
  ['z.literal(true)', undefined],
])('%s with a new word is %s', (expression, widened) => {
  expect(changedSchema.widened(expression, ['new'])).toBe(widened)
})

test('what is said of a schema stays at its end; what is said of a part of it stays there', () => {
  expect(changedSchema.nullable("z\n  .string()\n  .meta({ readBy: ['a)'] })")).toBe("z\n  .string().nullable()\n  .meta({ readBy: ['a)'] })")
  expect(changedSchema.nullable("z.array(z.string().meta({ id: 'x' }))")).toBe("z.array(z.string().meta({ id: 'x' })).nullable()")
  expect(changedSchema.replaced("z.int().meta({ id: 'x' })", 'z.string()')).toBe("z.string().meta({ id: 'x' })")
})

test('objects are found behind texts, patterns and comments that look like them', () => {
  const source = "const a = /[{]/, b = '{', c = `{`, d = 8 / 2 // {\nz.strictObject({ 'x-y': 1, 2: [{ in: 3 }], ...rest, short, f(a, b) { return 1 } })"
  const outer = objectLiterals(source).find(({ callee }) => callee === 'z.strictObject')
  expect(outer?.spreads).toBe(true)
  expect(outer?.members.slice(0, 3).map(({ name, value }) => [name, source.slice(value.from, value.to)])).toEqual([
    ['x-y', '1'],
    ['2', '[{ in: 3 }]'],
    ['short', 'short'],
  ])
})

test('a patch says what was changed, whatever was', () => {
  const line = fc.constantFrom('a', 'b', 'c', '')
  const lines = fc.array(line, { minLength: 1, maxLength: 12 }).map((all) => all.map((one) => `${one}\n`).join(''))
  const root = folder()
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      fc.pre(before !== after)
      writeFileSync(join(root, 'x.txt'), before)
      execFileSync('git', ['apply', '-'], { cwd: root, input: `${unifiedDiff('x.txt', before, after)}\n`, stdio: ['pipe', 'ignore', 'pipe'] })
      expect(readFileSync(join(root, 'x.txt'), 'utf8')).toBe(after)
    }),
    { numRuns: 60 },
  )
})
