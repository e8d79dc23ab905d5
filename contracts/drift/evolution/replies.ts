import { type Document, type Json, jsonOf } from '../../draft/openapi/document.ts'
import { contentsOf } from './contents.ts'
import type { ReadOperation } from './operations.ts'
import { readersIn } from './readers.ts'
import { type Difference, differences } from './schemas.ts'
import { came, type Told } from './told.ts'

type Documents = readonly [Document, Document]

/** What has changed about what comes. */
export function replyChanges(before: ReadOperation, after: ReadOperation, documents: Documents): Told[] {
  const [old, young] = [before.replies, after.replies]
  const statuses = [...new Set([...old.keys(), ...young.keys()])].sort()
  return statuses.flatMap((status) => {
    const [was, is] = [covering(old, status), covering(young, status)]
    if (was !== undefined && is !== undefined) return replyChange(status, was, is, documents)
    const words = { pointer: '', before: was === undefined ? 'not answered' : status, after: is === undefined ? 'not answered' : status, readBy: [] }
    return [came(status, '', { rule: was === undefined ? 'status-added' : 'status-removed', ...words }, true)]
  })
}

/** The reply of a status, of its range, or of all the rest; which is for what goes wrong. */
function covering(replies: ReadonlyMap<string, Json>, status: string): Json | undefined {
  const own = replies.get(status) ?? replies.get(`${status[0]}XX`)
  return own ?? (/^[45]/.test(status) ? replies.get('DEFAULT') : undefined)
}

function replyChange(status: string, before: Json, after: Json, documents: Documents): Told[] {
  const { only, pairs } = contentsOf(before.content, after.content)
  const types = only.map((one) => came(status, '', { ...one, pointer: '', readBy: [] }, true))
  const within = pairs.flatMap(({ type, before, after }) => {
    const silent = [before, after].every((schema, side) => readersIn(schema, documents[side] as Document).length === 0)
    return compared(before, after, documents).map((one) => came(status, pairs.length > 1 ? type : '', one, silent))
  })
  return [...types, ...headerChanges(status, before, after, documents), ...within]
}

interface Header {
  required: boolean
  schema: unknown
}

/** Who names a header reads it. */
function headerChanges(status: string, before: Json, after: Json, documents: Documents): Told[] {
  const [old, young] = [headersOf(before, documents[0]), headersOf(after, documents[1])]
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), young.get(name)]
    const found = [...headerPresence(was, is), ...(was === undefined || is === undefined ? [] : compared(was.schema, is.schema, documents))]
    return found.map((one) => came(status, `header ${name}`, one, true))
  })
}

function headersOf({ headers }: Json, document: Document): ReadonlyMap<string, Header> {
  const found = Object.entries(jsonOf(headers)).flatMap(([name, header]) => {
    const { required, schema } = document.resolve(header) ?? {}
    return name.toLowerCase() === 'content-type' ? [] : [[name.toLowerCase(), { required: required === true, schema: schema ?? {} }] as const]
  })
  return new Map(found)
}

function headerPresence(before: Header | undefined, after: Header | undefined): Difference[] {
  const said = (one: Header | undefined) => (one === undefined ? 'absent' : one.required ? 'required' : 'optional')
  const words = { pointer: '', before: said(before), after: said(after), readBy: [] }
  if (before === undefined) return [{ rule: after?.required ? 'required-added' : 'optional-added', ...words }]
  if (after === undefined) return [{ rule: 'header-removed', ...words }]
  return before.required === after.required ? [] : [{ rule: after.required ? 'now-required' : 'now-optional', ...words }]
}

function compared(before: unknown, after: unknown, [old, young]: Documents): Difference[] {
  return differences(before, after, [
    { document: old, direction: 'reply' },
    { document: young, direction: 'reply' },
  ])
}
