import { isAbsolute, relative } from 'node:path'
import type { Severity } from '../../contracts/drift/finding.ts'
import type { Case, Result } from './result.ts'

/** What the formats of CI call a severity. */
export const LEVELS = { breaking: 'error', warning: 'warning', information: 'note' } as const satisfies Record<Severity, Result['level']>

/** Every case that was looked at, and those that only a finding names. */
export function withAllOf(results: readonly Result[], looked: readonly Case[]): Case[] {
  const known = new Map(looked.map((one) => [JSON.stringify([one.suite, one.name]), one]))
  for (const { suite, case: name } of results) {
    const key = JSON.stringify([suite, name])
    if (!known.has(key)) known.set(key, { suite, name })
  }
  return [...known.values()]
}

/** A file as CI names it: from where the repository begins, if it lies within. */
export function within(root: string, file: string): string {
  const path = relative(root, file)
  return path.startsWith('..') || isAbsolute(path) ? file : path.replaceAll('\\', '/')
}
