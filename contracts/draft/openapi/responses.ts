import type { DraftResponse, DraftSchema } from '../draft.ts'
import { type Document, isEnvelope, type Json, jsonOf } from './document.ts'
import { mediaOf } from './media.ts'
import type { SchemaReader } from './schema.ts'
import { type Shown, shownIn } from './shown.ts'

export interface Responses {
  responses: readonly DraftResponse[]
  shown: ReadonlyMap<number, Shown>
}

/** Every status that an operation answers, FastAPI's own refusals apart. */
export function responsesOf(operation: Json, { document, reader, where }: { document: Document; reader: SchemaReader; where: string }): Responses {
  const declared = new Map<number, Json>()
  for (const [key, response] of Object.entries(jsonOf(operation.responses)).sort(byStatus)) {
    const found = document.resolve(response)
    const status = statusOf(key, declared)
    if (found === undefined || key.startsWith('x-')) continue
    if (status === undefined) document.note(`${where}: the response ${key} is not told`)
    else if (status === 422 && document.fastapi && isEnvelope(found, document.resolve)) continue
    else {
      if (String(status) !== key) document.note(`${where}: the response ${key} is told as ${status}`)
      declared.set(status, found)
    }
  }
  if (declared.size === 0) document.note(`${where} declares no response: anything with 200 is taken`)
  else if ([...declared.keys()].every((status) => status >= 400)) document.note(`${where} tells refusals alone: say what else it answers`)
  const entries: [number, Json][] = declared.size === 0 ? [[200, { content: { 'application/json': {} } }]] : [...declared]
  const shown = new Map<number, Shown>()
  const responses = entries.map(([status, found]) => {
    const { chosen, others } = mediaOf(found.content)
    if (others.length > 0) document.note(`${where}: the response ${status} is told as ${chosen?.type}, not as ${others.join(', ')}`)
    if (chosen !== undefined) shown.set(status, shownIn(chosen.media, document))
    const headers = headersOf(found.headers)
    return { status, ...bodyOf(status, chosen), ...(Object.keys(headers).length === 0 ? {} : { headers }) }
  })
  return { responses, shown }

  function bodyOf(status: number, chosen: ReturnType<typeof mediaOf>['chosen']): Pick<DraftResponse, 'body' | 'contentType'> {
    const at = `${where} ${status}`
    const contentType = chosen === undefined || chosen.type.includes('*') ? 'application/json' : chosen.type
    if (chosen?.as === 'json') return { body: reader.read(chosen.media.schema ?? {}, at), ...(contentType === 'application/json' ? {} : { contentType }) }
    if (chosen?.as === 'text') return textBody(reader.read(chosen.media.schema ?? {}, at), contentType)
    if (chosen !== undefined) return { body: { kind: 'anything' }, contentType }
    // FastAPI says nothing of the body of an exception, and sends one.
    if (document.fastapi && status >= 400) return { body: { kind: 'anything' } }
    // Nor of the type of its 204, which is JSON's although nothing comes.
    if (document.fastapi && status === 204) return { body: NOTHING.body }
    return NOTHING
  }

  function headersOf(declared: unknown): Record<string, DraftSchema> {
    const named = Object.entries(jsonOf(declared)).flatMap(([name, header]) => {
      const found = document.resolve(header)
      if (found === undefined || name.toLowerCase() === 'content-type') return []
      const { nullable: _, note: __, default: ___, ...schema } = reader.read(found.schema ?? {}, `${where} header ${name}`)
      const told: DraftSchema =
        schema.kind === 'text' || schema.kind === 'number' || schema.kind === 'boolean' || schema.kind === 'one-of' ? schema : { kind: 'text' }
      return [[name.toLowerCase(), found.required === true ? told : { ...told, nullable: true }] as const]
    })
    return Object.fromEntries(named)
  }
}

const NOTHING: Pick<DraftResponse, 'body' | 'contentType'> = { body: { kind: 'one-of', values: [''] }, contentType: '' }

/** A text that can only be empty is none, and has no type. */
function textBody(schema: DraftSchema, contentType: string): Pick<DraftResponse, 'body' | 'contentType'> {
  if (schema.kind === 'one-of' && schema.values.length === 1 && schema.values[0] === '') return NOTHING
  return { body: schema.kind === 'text' || schema.kind === 'one-of' ? schema : { kind: 'text' }, contentType }
}

const byStatus = ([one]: [string, unknown], [other]: [string, unknown]): number => rank(one) - rank(other)

/** Statuses first, ranges after them, what is left last. */
function rank(key: string): number {
  if (/^\d{3}$/.test(key)) return Number(key)
  return /^\dXX$/i.test(key) ? 1000 + Number(key[0]) : 2000
}

/** A range, and all the rest, stand for the first status that nobody has named. */
function statusOf(key: string, declared: ReadonlyMap<number, unknown>): number | undefined {
  const status = /^[2-5]\d\d$/.test(key) ? Number(key) : /^[2-5]XX$/i.test(key) ? Number(key[0]) * 100 : undefined
  if (status !== undefined) return declared.has(status) ? undefined : status
  if (key !== 'default') return undefined
  return [...declared.keys()].some((one) => one < 400) ? (declared.has(500) ? undefined : 500) : 200
}
