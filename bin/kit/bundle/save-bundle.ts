import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { BUNDLE_VERSION, type LaneBundle, type Manifest } from '../../../contracts/bundle.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { writeJson } from '../../../contracts/kit/json.ts'
import type { Verification } from '../../../contracts/verification.ts'
import { Clock } from '../../../scenarios/kit/clock.ts'
import { bundleReadme } from './bundle-readme.ts'

/** Of what run it is, where one is known. */
export interface BundleContext {
  command?: readonly string[]
  exitCode?: number
}

/** What is to be written. */
export interface Bundled {
  lanes: readonly LaneBundle[]
  /** Of the mock-suite that ran. */
  version: string
  verification?: Verification
}

/**
 * A folder that is there whole or not at all: written under another name and renamed. One that is there already is left alone, and a number is put
 * behind the name; told is the name that it came to have.
 *
 * @throws MockSuiteError `bad-bundle` when it cannot be written.
 */
export async function saveBundle(bundled: Bundled, folder: string, context: BundleContext = {}): Promise<string> {
  const wanted = resolve(folder)
  let part: string | undefined
  try {
    await makeFolder(dirname(wanted))
    // For its owner's eyes only, as mkdtemp makes it: what was said to the fakes is nobody else's.
    part = await mkdtemp(join(dirname(wanted), `.${basename(wanted)}-`))
    for (const [name, text] of filesOf(bundled, context)) await writeFile(join(part, name), text, { mode: 0o600, flush: true })
    return await moveTo(part, wanted)
  } catch (error) {
    if (part !== undefined) await rm(part, { recursive: true, force: true })
    throw new MockSuiteError('bad-bundle', `could not write the bundle ${folder}: ${(error as Error).message}. Nothing of it is left; name another folder.`, {
      cause: error,
    })
  }
}

/** Node's own `recursive` never ends where nobody can make a folder, as under /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT') throw error
    await makeFolder(dirname(path))
    await mkdir(path).catch(unlessThere)
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

async function moveTo(part: string, wanted: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (await isThere(name)) continue
    try {
      await rename(part, name)
      return name
    } catch (error) {
      // Somebody else came first.
      if (!TAKEN.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
}

const TAKEN: ReadonlySet<string> = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EISDIR'])

async function isThere(name: string): Promise<boolean> {
  return (await stat(name).catch(() => undefined)) !== undefined
}

function* filesOf({ lanes, version, verification }: Bundled, context: BundleContext): Generator<[name: string, text: string]> {
  const manifest: Manifest = {
    schemaVersion: BUNDLE_VERSION,
    versions: { mock_suite: version, node: process.version, platform: `${process.platform} ${process.arch}` },
    written_at: new Clock().iso(),
    command: context.command === undefined ? null : [...context.command],
    exit_code: context.exitCode ?? null,
    lanes: lanes.map(({ options, day, plans }) => ({ options, day, har: har(day), state: state(day), plans: plans.map((_, at) => plan(day, at)) })),
  }
  for (const { day, har: recording, state: tables, plans } of lanes) {
    yield [har(day), harText(recording)]
    yield [state(day), `${writeJson(tables, true)}\n`]
    for (const [at, one] of plans.entries()) yield [plan(day, at), `${JSON.stringify(one, undefined, 2)}\n`]
  }
  if (verification !== undefined) yield ['verification.json', `${JSON.stringify(verification, undefined, 2)}\n`]
  yield ['README.md', bundleReadme(manifest)]
  yield ['bundle.json', `${writeJson(manifest, true)}\n`]
}

type Numbered = Pick<LaneBundle['day'], 'lane'>
const har = ({ lane }: Numbered): string => `lane-${lane}.har`
const state = ({ lane }: Numbered): string => `state-${lane}.json`
const plan = ({ lane }: Numbered, at: number): string => `plan-${lane}-${at + 1}.json`

/** An entry a line, as recordings have it: so a person can search in it. */
function harText({ log: { entries, ...log } }: LaneBundle['har']): string {
  const lines = entries.map((entry) => `\n${JSON.stringify(entry)}`).join(',')
  return `{"log":${JSON.stringify(log).slice(0, -1)},"entries":[${lines}\n]}}\n`
}
