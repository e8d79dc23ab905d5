import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type AcceptedList, acceptedList } from '../../contracts/drift/accepted.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { mistakesOf } from '../../scenarios/kit/mistake.ts'
import { readYaml } from '../../scenarios/kit/yaml.ts'
import { UsageError } from './usage-error.ts'

/** Where acceptances lie when nobody says where. */
export const ACCEPTED_FILE = 'drift.accepted.yaml'

/** How many mistakes are told at once. */
const TOLD = 10

export interface AcceptedFile {
  file: string
  list: AcceptedList
  /** `drift.accepted.yaml:7`, of an entry counted from 0. */
  place(index: number): string
}

/**
 * The findings that are lived with. A file that nobody named need not be there.
 *
 * @throws MockSuiteError `bad-acceptance`, with file, line and column of each mistake.
 */
export function readAccepted(named: string | undefined): AcceptedFile {
  const file = named ?? ACCEPTED_FILE
  if (named === undefined && !existsSync(file)) return { file, list: [], place: () => file }
  return parsed(contentOf(file), file)
}

/** Writes one more entry at the end; what stands there, comments too, stays as it is. */
export function appendAccepted(named: string | undefined, entry: { finding: string; reason: string; until: string }): string {
  const file = named ?? ACCEPTED_FILE
  const before = existsSync(file) ? contentOf(file) : ''
  const known = parsed(before, file).list
  if (known.some(({ finding }) => finding === entry.finding)) throw new UsageError(`${file} accepts ${JSON.stringify(entry.finding)} already; edit it there`)
  const lines = Object.entries(entry).map(([name, value], at) => `${at === 0 ? '- ' : '  '}${name}: ${JSON.stringify(value)}\n`)
  // An empty list in brackets takes no entry below it.
  const begin = before.replace(/^\[\s*\]\s*$/m, '')
  const after = `${begin}${begin === '' || begin.endsWith('\n') ? '' : '\n'}${lines.join('')}`
  parsed(after, file)
  writeFileSync(file, after)
  return file
}

function parsed(text: string, file: string): AcceptedFile {
  const yaml = readYaml(text)
  const read = yaml.mistakes.length > 0 ? undefined : acceptedList().safeParse(yaml.value ?? [])
  if (read?.success) return { file, list: read.data, place: (index) => `${file}:${yaml.spot([index]).line}` }
  const mistakes = read === undefined ? yaml.mistakes : mistakesOf(read.error.issues).map(({ path, message }) => ({ ...yaml.spot(path), message }))
  const lines = mistakes.slice(0, TOLD).map(({ line, column, message }) => `\n  ${file}:${line}:${column}: ${message}`)
  const more = mistakes.length > TOLD ? `\n  and ${mistakes.length - TOLD} more` : ''
  throw new MockSuiteError('bad-acceptance', `could not read what is accepted:${lines.join('')}${more}\nCorrect the file; until then nothing is accepted.`)
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new MockSuiteError('bad-acceptance', `could not read the accepted findings ${file}: ${(error as Error).message}. Name a file that is there.`)
  }
}
