import { readFileSync } from 'node:fs'
import type * as z from 'zod'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import type { AnyTableSpec } from '../../mocks/kit/table.ts'
import type { WorldSpec } from '../../mocks/kit/world.ts'
import type { WorldOverlay } from '../../mocks/kit/world-seed.ts'
import { readYaml } from '../../scenarios/kit/yaml.ts'

interface Mistake {
  path: readonly PropertyKey[]
  message: string
}

type Row = Record<string, unknown>
type Tables = Readonly<Record<string, AnyTableSpec>>

/** How many mistakes are told at once. */
const TOLD = 10

/**
 * Records for the world, from a file of tables: `users: [{ user_id: …, … }]`.
 *
 * @throws MockSuiteError `bad-world`, with the place of each mistake.
 */
export function readWorld(file: string, world: WorldSpec): WorldOverlay {
  const yaml = readYaml(contentOf(file))
  const placed = ({ line, column }: { line: number; column: number }) => `${file}:${line}:${column}`
  if (yaml.mistakes.length > 0) throw badWorld(yaml.mistakes, placed)
  const mistakes = judge(yaml.value, world)
  if (mistakes.length > 0) throw badWorld(mistakes, ({ path }) => placed(yaml.spot(path)))
  return (yaml.value ?? {}) as WorldOverlay
}

/** Records that a configuration file spells out. @throws MockSuiteError as {@link readWorld} */
export function checkWorld({ value, placeOf }: SpeltWorld, world: WorldSpec): WorldOverlay {
  const mistakes = judge(value, world)
  if (mistakes.length > 0) throw badWorld(mistakes, ({ path }) => placeOf(path))
  return value as WorldOverlay
}

/** A world that stands in another file than one of its own. */
export interface SpeltWorld {
  value: unknown
  /** `mock-suite.config.yaml:4:3` */
  placeOf(path: readonly PropertyKey[]): string
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new MockSuiteError('bad-world', `could not read the world file ${file}: ${(error as Error).message}. Name a file that is there.`)
  }
}

/** Only what is told is looked for in the file: of a hundred thousand records each may be wrong. */
function badWorld<M extends { message: string }>(mistakes: readonly M[], placeOf: (mistake: M) => string): MockSuiteError {
  const lines = mistakes.slice(0, TOLD).map((mistake) => `  ${placeOf(mistake)}: ${mistake.message}`)
  if (mistakes.length > TOLD) lines.push(`  and ${mistakes.length - TOLD} more`)
  return new MockSuiteError('bad-world', `could not load the world:\n${lines.join('\n')}\nCorrect the file.`)
}

function judge(value: unknown, world: WorldSpec): Mistake[] {
  if (value === null || value === undefined) return []
  if (!isRow(value)) return [{ path: [], message: 'expected tables, as in `users: […]`' }]
  const tables = world.tables as Tables
  const keys = keysOf(value, world)
  return Object.entries(value).flatMap(([name, rows]) => {
    const table = Object.hasOwn(tables, name) ? tables[name] : undefined
    if (table === undefined)
      return [
        {
          path: [name],
          message: `there is no table ${JSON.stringify(name)}.${didYouMean(name, Object.keys(tables)) || ` There are ${Object.keys(tables).join(', ')}.`}`,
        },
      ]
    if (!Array.isArray(rows)) return [{ path: [name], message: 'expected a list of records' }]
    return rows.flatMap((row, at) => judgeRow(row, table, keys).map(({ path, message }) => ({ path: [name, at, ...path], message })))
  })
}

function judgeRow(row: unknown, { schema, references = {} }: AnyTableSpec, keys: ReadonlyMap<string, ReadonlySet<unknown>>): Mistake[] {
  const shape = schema()
  const parsed = shape.safeParse(row)
  if (!parsed.success) return parsed.error.issues.flatMap((issue) => told(issue, shape))
  return Object.entries(references).flatMap(([member, target = '']) => {
    const named = (row as Row)[member]
    if (named === undefined || named === null || keys.get(target)?.has(named)) return []
    return [{ path: [member], message: `${member} names ${JSON.stringify(named)}, which ${target} does not have` }]
  })
}

function told(issue: z.core.$ZodIssue, shape: z.ZodType): Mistake[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: `${issue.path.join('.')}: ${issue.message}` }]
  const members = issue.path.length === 0 && 'shape' in shape ? Object.keys(shape.shape as object) : []
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: `there is no member ${JSON.stringify(key)}.${didYouMean(key, members)}` }))
}

/** What each table will have: the default world's records and the file's. */
function keysOf(value: Row, { tables, seed }: WorldSpec): Map<string, Set<unknown>> {
  const seeded = seed(Date.now()) as Record<string, readonly Row[]>
  return new Map(
    Object.entries(tables as Tables).map(([name, { key }]) => {
      const given = Array.isArray(value[name]) ? (value[name] as unknown[]).filter(isRow) : []
      return [name, new Set([...(seeded[name] ?? []), ...given].map((row) => row[key]))]
    }),
  )
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
