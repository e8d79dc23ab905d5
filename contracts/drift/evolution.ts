import { type Document, openDocument } from '../draft/openapi/document.ts'
import type { Evolution, EvolutionChange } from './evolution/change.ts'
import { operationsOf, type ReadOperation } from './evolution/operations.ts'
import { replyChanges } from './evolution/replies.ts'
import { requestChanges } from './evolution/requests.ts'
import { hurtOf } from './evolution/rules.ts'
import { securityChanges } from './evolution/security.ts'
import { sentenceOf } from './evolution/sentence.ts'
import type { Told } from './evolution/told.ts'
import { SEVERITIES } from './finding.ts'

/**
 * What has changed between two versions of a contract, told as OpenAPI 3.0 or 3.1 documents, and how much it hurts whom. What things are called within a
 * document, and in which order they stand, makes no difference.
 *
 * @throws MockSuiteError `bad-import` for what is no such document.
 */
export function evolution(before: unknown, after: unknown): Evolution {
  const notes = new Set<string>()
  const [old, young] = [openDocument(before, (text) => notes.add(`before: ${text}`)), openDocument(after, (text) => notes.add(`after: ${text}`))] as const
  const [was, is] = [operationsOf(old), operationsOf(young)]
  const both = [...new Set([...is.keys(), ...was.keys()])].map((key) => ({ before: was.get(key), after: is.get(key) }))
  const changes = both.flatMap(({ before, after }) => changesOf(before, after, [old, young]))
  const operations = both.flatMap(({ before, after }) => after ?? before ?? []).map(({ name, tag }) => ({ operation: name, tag }))
  return { changes: changes.sort((one, other) => rank(one) - rank(other)), operations, notes: [...notes] }
}

function changesOf(before: ReadOperation | undefined, after: ReadOperation | undefined, documents: readonly [Document, Document]): EvolutionChange[] {
  if (before === undefined) return after === undefined ? [] : [changeOf(after, { ...WHOLE, rule: 'operation-added', before: 'absent', after: 'there' })]
  if (after === undefined) return [changeOf(before, { ...WHOLE, rule: 'operation-removed', before: 'there', after: 'absent' })]
  const told = [
    ...securityChanges(before.security, after.security, documents),
    ...requestChanges(before, after, documents),
    ...replyChanges(before, after, documents),
  ]
  return told.map((one) => changeOf(after, one))
}

const WHOLE = { direction: 'request', place: '', status: null, readBy: [], read: true } as const

function changeOf({ name, operationId, tag }: ReadOperation, told: Told): EvolutionChange {
  const { read, status, ...said } = told
  const severity = hurtOf(said.rule, said.direction, { read, status })
  const id = [name, said.direction, said.place, said.rule].filter((part) => part !== '').join(' ')
  return { id, severity, operation: name, operationId, tag, ...said, sentence: sentenceOf(name, told, severity) }
}

const rank = ({ severity }: EvolutionChange): number => -SEVERITIES.indexOf(severity)
