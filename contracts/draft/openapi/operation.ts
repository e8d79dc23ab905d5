import type { DraftOperation, DraftSchema } from '../draft.ts'
import { authOf } from './auth.ts'
import { type Document, isJson, type Json, textOf } from './document.ts'
import { mediaOf } from './media.ts'
import { operationName } from './operation-name.ts'
import { type Part, parametersOf } from './parameters.ts'
import type { DraftPath } from './path.ts'
import { responsesOf } from './responses.ts'
import type { SchemaReader } from './schema.ts'
import { type Shown, shownIn } from './shown.ts'

/** An operation, and what its document shows of it: examples are chosen once every shape is known. */
export interface ReadOperation {
  operation: Omit<DraftOperation, 'examples'>
  shown: { fields: Record<Part, Shown>; body: Shown; replies: ReadonlyMap<number, Shown> }
}

export interface Surroundings {
  document: Document
  reader: SchemaReader
  source: string
}

/** One operation of a document. */
export function readOperation(
  { template, path, method, item, operation }: { template: string; path: DraftPath; method: DraftOperation['method']; item: Json; operation: Json },
  { document, reader, source }: Surroundings,
): ReadOperation {
  const where = `${method} ${template}`
  const context = { document, reader, where }
  const { fields, shown } = parametersOf(item, operation, path, context)
  const { body, shown: bodies, ...consumes } = bodyOf(operation, context)
  const { responses, shown: replies } = responsesOf(operation, context)
  const auth = authOf(operation, document)
  if (operation.servers !== undefined || item.servers !== undefined) document.note(`${where}: servers of its own are not told`)
  return {
    operation: {
      name: operationName(operation, method, template),
      method,
      path: path.path,
      summary: summaryOf(operation, where),
      ...fields,
      ...(body === undefined ? {} : { body, ...consumes }),
      responses,
      ...(auth === undefined ? {} : { auth }),
      evidence: EVIDENCE.find((one) => one === operation['x-evidence']) ?? 'document',
      source: textOf(operation['x-source']) ?? `${source} ${where}`,
    },
    shown: { fields: shown, body: bodies, replies },
  }
}

const EVIDENCE = ['client', 'test', 'document', 'provider'] as const

function summaryOf({ summary, description }: Json, where: string): string {
  const told = textOf(summary) ?? textOf(description)?.trim().split('\n', 1)[0] ?? where
  return told.replace(/\s+/g, ' ').trim()
}

interface ReadBody {
  body?: DraftSchema
  consumes?: NonNullable<DraftOperation['consumes']>
  shown: Shown
}

function bodyOf({ requestBody }: Json, { document, reader, where }: { document: Document; reader: SchemaReader; where: string }): ReadBody {
  const found = requestBody === undefined ? undefined : document.resolve(requestBody)
  const { chosen, others } = mediaOf(found?.content)
  if (found === undefined || chosen === undefined) return { shown: {} }
  if (others.length > 0) document.note(`${where}: the body is told as ${chosen.type}, not as ${others.join(', ')}`)
  if (/^multipart\//i.test(chosen.type)) document.note(`${where}: what is in the ${chosen.type} body is not judged`)
  const schema = chosen.as === 'bytes' ? ({ kind: 'anything' } as const) : reader.read(isJson(chosen.media.schema) ? chosen.media.schema : {}, `${where} body`)
  const body: DraftSchema = found.required === true ? schema : { ...schema, default: null }
  return { body, ...(chosen.as === 'json' ? {} : { consumes: chosen.as }), shown: chosen.as === 'bytes' ? {} : shownIn(chosen.media, document) }
}
