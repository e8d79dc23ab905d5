import { existsSync, readFileSync } from 'node:fs'
import { openDocument } from '../../contracts/draft/openapi/document.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { openapi } from '../../contracts/kit/openapi.ts'
import { within } from '../reports/outcome.ts'
import type { Result } from '../reports/result.ts'
import { version } from '../version.ts'
import { projectContracts } from './project-contracts.ts'
import { readImport } from './read-import.ts'

/** One of two versions that are compared. */
export interface ContractVersion {
  document: unknown
  /** Where it tells of an operation. */
  whereOf(operation: string, tag: string): Result['where'] | undefined
}

const ALL = 'all'

/**
 * What a name stands for: a service of this build, all of them, or else a file.
 *
 * @throws MockSuiteError `bad-import` where it is neither, or no OpenAPI document.
 */
export function contractVersion(name: string): ContractVersion {
  const every = Object.values(projectContracts())
  const own = name === ALL ? every : every.filter(({ service }) => service === name)
  return own.length > 0 ? built(own) : written(name, [ALL, ...every.map(({ service }) => service)])
}

function built(own: Parameters<typeof openapi>[0]): ContractVersion {
  const whereOf = (_: string, tag: string) => {
    const file = `contracts/${tag}.ts`
    return own.some(({ service }) => service === tag) && existsSync(file) ? { file: within(root(), file), line: 1 } : undefined
  }
  return { document: openapi(own, { version }), whereOf }
}

function written(file: string, names: readonly string[]): ContractVersion {
  if (!existsSync(file)) {
    const meant = didYouMean(file, names) || ` A service is one of ${names.join(', ')}.`
    throw new MockSuiteError('bad-import', `there is no file ${JSON.stringify(file)}, and no service of that name.${meant}`)
  }
  const document = readImport(file)
  openNamed(file, document)
  const lines = keysOf(readFileSync(file, 'utf8'))
  const whereOf = (operation: string) => ({ file: within(root(), file), line: lines.get(operation.slice(operation.indexOf(' ') + 1)) ?? 1 })
  return { document, whereOf }
}

/** Which of two documents it is that cannot be read should be told. */
function openNamed(file: string, document: unknown): void {
  try {
    openDocument(document, () => {})
  } catch (error) {
    if (!(error instanceof MockSuiteError)) throw error
    throw new MockSuiteError('bad-import', `${file}: ${error.message}`)
  }
}

/** The lines of a document by the key that begins them. */
function keysOf(text: string): ReadonlyMap<string, number> {
  const keys = text.split('\n').map((line, at) => [line.trim().replace(/^(["']?)(.*)\1\s*:.*$/, '$2'), at + 1] as const)
  return new Map(keys.reverse())
}

const root = (): string => process.env.GITHUB_WORKSPACE || process.cwd()
