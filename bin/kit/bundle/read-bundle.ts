import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import { BUNDLE_VERSION, type BundledEntry, bundledEntry, type Manifest, manifest } from '../../../contracts/bundle.ts'
import { pointerOf } from '../../../contracts/kit/conform.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { readJson } from '../../../contracts/kit/json.ts'
import type { Former } from '../../../mocks/kit/day/redo.ts'

export interface Bundle {
  manifest: Manifest
  lanes: readonly Former[]
}

/** The longest file that is read, in bytes: a longer text Node cannot hold. */
const LIMIT = 512 * 1024 * 1024 - 64

/**
 * All of a bundle, judged before any of it is used.
 *
 * @throws MockSuiteError `bad-bundle` when it is none, not whole, or of a shape that this mock-suite does not know.
 */
export function readBundle(path: string): Bundle {
  const folder = basename(path) === 'bundle.json' ? dirname(path) : path
  const told = readManifest(join(folder, 'bundle.json'))
  return { manifest: told, lanes: told.lanes.map((lane) => laneOf(lane, folder)) }
}

function readManifest(file: string): Manifest {
  const value = jsonIn(file)
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (typeof version === 'number' && version !== BUNDLE_VERSION)
    throw refused(file, `it is of shape ${version}, and this mock-suite reads ${BUNDLE_VERSION}`, 'Use the mock-suite that wrote it')
  return parsed(file, manifest(), value)
}

function laneOf({ options, day, har, state }: Manifest['lanes'][number], folder: string): Former {
  const file = join(folder, har)
  const { log } = parsed(file, harShape(), jsonIn(file))
  for (const [at, { _mockSuite: own }] of log.entries.entries()) {
    if (!options.services.includes(own.service)) throw refused(file, `entry ${at} is of ${own.service}, which did not run`)
  }
  if (day.incomplete === null) checkWhole(file, day, log.entries)
  return { options, day, entries: log.entries, state: parsed(join(folder, state), stateShape(), jsonIn(join(folder, state))) }
}

const harShape = () => z.looseObject({ log: z.looseObject({ entries: z.array(bundledEntry()).max(MOST_ENTRIES) }) })
const stateShape = () => z.record(z.string(), z.array(z.unknown()))
const MOST_ENTRIES = 2_000_000

/** A line that somebody took away would be found as a difference, and be none. */
function checkWhole(file: string, { arrivals, acts }: Manifest['lanes'][number]['day'], entries: readonly BundledEntry[]): void {
  const asked = entries.filter(({ _mockSuite: { direction } }) => direction === 'in').map(({ _mockSuite: { arrival } }) => arrival)
  const last = Math.max(0, ...sample(entries.map(({ _mockSuite: { arrival } }) => arrival)), ...sample(acts.map(({ after }) => after)))
  if (new Set(asked).size !== asked.length) throw refused(file, 'two requests have one number')
  if (last > arrivals) throw refused(file, `it goes on past the ${arrivals} exchanges that there were`)
}

/** Its largest alone: a call takes only so many arguments. */
const sample = (numbers: readonly number[]): number[] => [numbers.reduce((most, number) => Math.max(most, number), 0)]

function jsonIn(file: string): unknown {
  const read = readJson(bytesIn(file), true)
  if ('problem' in read) throw refused(file, 'it is no JSON, or was cut short')
  return read.value
}

/** Nothing but a file is opened: a pipe would be waited for, and a device has no end. */
function bytesIn(file: string): Buffer {
  try {
    const about = statSync(file, { throwIfNoEntry: false })
    if (about === undefined) throw refused(file, 'there is no such file', 'Name the folder that run --bundle or mock-suite bundle wrote')
    if (!about.isFile()) throw refused(file, 'it is no file')
    if (about.size > LIMIT) throw refused(file, 'it is longer than 512 MiB')
    return readFileSync(file)
  } catch (error) {
    throw error instanceof MockSuiteError ? error : refused(file, (error as Error).message)
  }
}

function parsed<T>(file: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw refused(file, `${pointerOf(issue?.path ?? []) || '/'}: ${issue?.message}`)
}

function refused(file: string, why: string, what = 'Nothing was done; take a bundle that is as it was written'): MockSuiteError {
  return new MockSuiteError('bad-bundle', `could not read ${file}: ${why}. ${what}.`)
}
