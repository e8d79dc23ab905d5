import { UsageError } from '../usage-error.ts'
import { contractDraft } from './drafts/contract.ts'
import { mockDraft } from './drafts/mock.ts'
import { testDraft } from './drafts/test.ts'

/** What one service is called, wherever a name is needed. */
export interface Names {
  /** `order-book` */
  service: string
  /** `orderBook`: its contract in TypeScript; that of its mock has `Mock` behind it. */
  identifier: string
  /** `Order book service` */
  title: string
}

/** Words that mean something else where a service is named: the control API, the shared tables, the scenarios of everybody. */
const TAKEN: ReadonlySet<string> = new Set(['any', 'constructor', 'control', 'kit', 'world'])

/** More would leave no room for it in a line. */
const LONGEST = 40

/** @throws UsageError */
export function namesOf(service: string): Names {
  if (!/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(service))
    throw new UsageError(`${JSON.stringify(service)}: a service is called in lower case, with hyphens between words, as ledger or order-book`)
  if (service.length > LONGEST) throw new UsageError(`${service}: a name has ${LONGEST} letters at most`)
  if (TAKEN.has(service)) throw new UsageError(`${service}: that word has a meaning of its own here. Choose another name`)
  const words = service.split('-')
  const title = [...(words.at(-1) === 'service' ? words.slice(0, -1) : words), 'service'].join(' ')
  return { service, identifier: identifierOf(words), title: title.charAt(0).toUpperCase() + title.slice(1) }
}

/** A word of TypeScript, or one that the files use themselves, gets another behind it. */
function identifierOf(words: readonly string[]): string {
  const [first = '', ...others] = words
  const name = [first, ...others.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('')
  return isFree(name) ? name : `${name}Service`
}

function isFree(name: string): boolean {
  const sample = { service: 'x', identifier: 'x', title: 'X', port: 1, host: 'x', variable: 'X' }
  const texts = (['team', 'house'] as const).flatMap((place) => [contractDraft(sample, place), mockDraft(sample, place), testDraft(sample, place)])
  return !new RegExp(`\\b${name}\\b`).test(texts.join('\n')) && isVariable(name)
}

/** Whether the language lets a constant of a module be called so. */
function isVariable(name: string): boolean {
  try {
    new Function(`'use strict'; async () => { const ${name} = 0 }`)
    return true
  } catch {
    return false
  }
}
