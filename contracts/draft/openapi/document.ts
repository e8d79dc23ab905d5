import { MockSuiteError } from '../../kit/error.ts'

export type Json = Readonly<Record<string, unknown>>

/** An OpenAPI document on its way into a draft. */
export interface Document {
  root: Json
  /** In `3.0` an optional member of pydantic may be null although it does not say so. */
  version: '3.0' | '3.1'
  fastapi: boolean
  /** Says what could not be carried over. */
  note(text: string): void
  /** What a `$ref` leads to, however many lead to one another; nothing, and a note, where it leads nowhere. */
  resolve(value: unknown): Json | undefined
}

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined)

/** A member that the object has itself: a document may have one called `constructor`. */
export const own = (value: unknown, name: string): unknown => (isJson(value) && Object.hasOwn(value, name) ? value[name] : undefined)

/** @throws MockSuiteError `bad-import` for what is no OpenAPI 3. */
export function openDocument(found: unknown, note: (text: string) => void): Document {
  const root = isJson(found) ? plain(found) : refuse('it is no object')
  if (root.swagger !== undefined) refuse(`it is Swagger ${String(root.swagger)}. Convert it to OpenAPI 3 first, e.g. with swagger2openapi`)
  const version = /^3\.[01](?=\.|$)/.exec(String(root.openapi ?? ''))?.[0]
  if (root.openapi === undefined) refuse('it has no `openapi` member that says its version')
  if (version === undefined) refuse(`it is OpenAPI ${String(root.openapi)}, and 3.0 and 3.1 are what we read`)
  if (Object.keys(jsonOf(root.paths)).length === 0) refuse('it has no paths')
  const follow = (value: unknown) => resolve(root, value, note)
  return { root, version: version === '3.0' ? '3.0' : '3.1', fastapi: isFastapi(root), note, resolve: follow }
}

/** YAML knows values that JSON does not, and ones that hold themselves. */
function plain(found: Json): Json {
  try {
    return JSON.parse(JSON.stringify(found)) as Json
  } catch (error) {
    return refuse(`it cannot be told as JSON (${(error as Error).message.split('\n', 1)[0]})`)
  }
}

function refuse(why: string): never {
  throw new MockSuiteError('bad-import', `could not read the OpenAPI document: ${why}. Give the document of a service, as FastAPI serves it at /openapi.json.`)
}

/** FastAPI declares its refusal on every operation that takes anything. */
function isFastapi(root: Json): boolean {
  if (isJson(own(own(root.components, 'schemas'), 'HTTPValidationError'))) return true
  const operations = Object.values(jsonOf(root.paths)).flatMap((item) => Object.values(jsonOf(item)))
  return operations.some((operation) => isEnvelope(own(own(operation, 'responses'), '422'), (value) => resolve(root, value, () => {})))
}

/** What FastAPI says of a request that does not fit. */
export function isEnvelope(response: unknown, follow: Document['resolve']): boolean {
  const schema = follow(own(own(own(response, 'content'), 'application/json'), 'schema'))
  const item =
    own(own(own(own(schema, 'properties'), 'detail'), 'items'), 'properties') ??
    own(follow(own(own(own(schema, 'properties'), 'detail'), 'items')), 'properties')
  return own(item, 'loc') !== undefined && own(item, 'msg') !== undefined
}

function resolve(root: Json, value: unknown, note: (text: string) => void): Json | undefined {
  const seen = new Set<string>()
  let found = value
  while (isJson(found) && typeof found.$ref === 'string') {
    if (seen.has(found.$ref)) return void note(`${found.$ref} leads back to itself`)
    seen.add(found.$ref)
    const target = found.$ref.startsWith('#') ? at(root, found.$ref) : undefined
    if (target === undefined)
      return void note(found.$ref.startsWith('#') ? `${found.$ref} is not in the document` : `${found.$ref} lies outside the document and was not read`)
    found = target
  }
  return isJson(found) ? found : undefined
}

/** What a JSON pointer points to. */
function at(root: Json, ref: string): unknown {
  const steps = ref.slice(1).split('/').slice(1)
  return steps.reduce<unknown>((value, step) => {
    const name = unescaped(step).replaceAll('~1', '/').replaceAll('~0', '~')
    return Array.isArray(value) ? value[Number(name)] : own(value, name)
  }, root)
}

function unescaped(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
