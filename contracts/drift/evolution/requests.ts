import type { Document, Json } from '../../draft/openapi/document.ts'
import { contentsOf, isEmpty } from './contents.ts'
import type { Parameter, ReadOperation } from './operations.ts'
import { type Difference, differences } from './schemas.ts'
import { sent, type Told } from './told.ts'

/** What has changed about what may be sent. */
export function requestChanges(before: ReadOperation, after: ReadOperation, documents: readonly [Document, Document]): Told[] {
  const compared = (one: unknown, other: unknown): Difference[] => {
    const [old, young] = documents
    return differences(one, other, [
      { document: old, direction: 'request' },
      { document: young, direction: 'request' },
    ])
  }
  return [...pathChanges(before, after, compared), ...parameterChanges(before, after, compared), ...bodyChanges(before.body, after.body, compared)]
}

type Compare = (before: unknown, after: unknown) => Difference[]

/** The parameters of a path are told apart by where they stand. */
function pathChanges(before: ReadOperation, after: ReadOperation, compared: Compare): Told[] {
  const schemaOf = ({ parameters }: ReadOperation, name: string | undefined) =>
    parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? { type: 'string' }
  return after.path.flatMap((name, at) => compared(schemaOf(before, before.path[at]), schemaOf(after, name)).map((one) => sent(`path ${name}`, one)))
}

function parameterChanges(before: ReadOperation, after: ReadOperation, compared: Compare): Told[] {
  const [old, young] = [named(before.parameters), named(after.parameters)]
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((place) => {
    const [was, is] = [old.get(place), young.get(place)]
    const own = presence(was, is)
    const within = was === undefined || is === undefined ? [] : compared(was.schema, is.schema)
    return [...own, ...within].map((one) => sent(place, one))
  })
}

function bodyChanges(before: Json | undefined, after: Json | undefined, compared: Compare): Told[] {
  const [was, is] = [before, after].map((body) =>
    body === undefined || isEmpty(body.content) ? undefined : { required: body.required === true, content: body.content },
  )
  const own = presence(was, is).map((one) => sent('body', one))
  if (was === undefined || is === undefined) return own
  const { only, pairs } = contentsOf(was.content, is.content)
  const types = only.map((one) => sent('body', { ...one, pointer: '', readBy: [] }))
  const within = pairs.flatMap(({ type, before, after }) => compared(before, after).map((one) => sent(pairs.length > 1 ? `body ${type}` : 'body', one)))
  return [...own, ...types, ...within]
}

const named = (parameters: readonly Parameter[]): ReadonlyMap<string, Parameter> =>
  new Map(parameters.filter((one) => one.in !== 'path').map((one) => [`${one.in} ${one.name}`, one]))

interface Present {
  required: boolean
}

function presence(before: Present | undefined, after: Present | undefined): Difference[] {
  const words = { pointer: '', before: said(before), after: said(after), readBy: [] }
  if (before === undefined && after === undefined) return []
  if (before === undefined) return [{ rule: after?.required ? 'required-added' : 'optional-added', ...words }]
  if (after === undefined) return [{ rule: 'removed', ...words }]
  return before.required === after.required ? [] : [{ rule: after.required ? 'now-required' : 'now-optional', ...words }]
}

const said = (one: Present | undefined): string => (one === undefined ? 'absent' : one.required ? 'required' : 'optional')
