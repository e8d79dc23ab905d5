import { templateFaults } from '../../kit/wiremock/template-faults.ts'
import { type Json, jsonOf, type MappingContext } from './mapping.ts'

/** What a mapping answers. */
export interface MappingReply {
  status: number
  headers: Readonly<Record<string, string | readonly string[]>>
  /** Empty for none. */
  contentType: string
  body: MappingBody
  /** Its texts are templates, and at least one of them has something in it. */
  templated: boolean
  parameters: Json | undefined
}

export type MappingBody = { kind: 'json'; value: unknown } | { kind: 'text'; text: string } | { kind: 'bytes'; base64: string }

/** The response part of a mapping; nothing where it is not ours to give. */
export function replyOf(response: Json, { file, templating, note }: MappingContext): MappingReply | undefined {
  if (response.proxyBaseUrl !== undefined) {
    note('a proxied reply is not carried; the mapping is left out. Put a relay in front of the real service.')
    return undefined
  }
  if (typeof response.statusMessage === 'string') note(`the status message ${JSON.stringify(response.statusMessage)} is not carried.`)
  const transformers = Array.isArray(response.transformers) ? response.transformers : []
  for (const one of transformers) if (one !== 'response-template') note(`the transformer ${one} is not carried.`)
  const { 'content-type': given = '', ...headers } = headersIn(jsonOf(response.headers))
  const contentType = [given].flat()[0] ?? ''
  const parameters = response.transformerParameters === undefined ? undefined : jsonOf(response.transformerParameters)
  const asked = templating || transformers.includes('response-template')
  const raw = bodyOf(response, file, note)
  const templated =
    asked &&
    (textsIn(raw).some(isTemplate) || textsIn(headers).some(isTemplate)) &&
    !(response.bodyFileName !== undefined && parameters?.disableBodyFileTemplating === true)
  if (!asked && textsIn(raw).some(isTemplate)) {
    note(
      'its body looks like a template but asks for no response-template, so that WireMock sends it as it stands, and so does the draft. Import with --global-response-templating if WireMock ran with that.',
    )
  }
  if (templated) for (const fault of new Set([...textsIn(raw), ...textsIn(headers)].flatMap(templateFaults))) note(fault)
  const type = contentType === '' && raw.kind === 'json' ? 'application/json' : contentType
  return {
    status: typeof response.status === 'number' ? response.status : 200,
    headers,
    contentType: type,
    body: spelt(raw, type, templated),
    templated,
    parameters,
  }
}

function headersIn(found: Json): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.map(String) : String(value)]))
}

function bodyOf(response: Json, file: MappingContext['file'], note: (text: string) => void): MappingBody {
  if (response.jsonBody !== undefined) return { kind: 'json', value: response.jsonBody }
  if (typeof response.base64Body === 'string') return decoded(Buffer.from(response.base64Body, 'base64'))
  if (typeof response.bodyFileName === 'string') {
    const bytes = isTemplate(response.bodyFileName) ? undefined : file(response.bodyFileName)
    if (bytes !== undefined) return decoded(bytes)
    note(
      isTemplate(response.bodyFileName)
        ? `a bodyFileName that is a template (${response.bodyFileName}) is not carried.`
        : `there is no file ${response.bodyFileName} in __files; its body is empty.`,
    )
  }
  return { kind: 'text', text: typeof response.body === 'string' ? response.body : '' }
}

function decoded(bytes: Buffer): MappingBody {
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? { kind: 'text', text } : { kind: 'bytes', base64: bytes.toString('base64') }
}

/** JSON that says so is written as JSON; a template stays a text, for only once it is rendered need it be JSON. */
function spelt(body: MappingBody, contentType: string, templated: boolean): MappingBody {
  const json = contentType.toLowerCase().trim() === 'application/json'
  if (body.kind === 'json') return json ? body : { kind: 'text', text: JSON.stringify(body.value) }
  if (body.kind !== 'text' || !json || templated) return body
  try {
    return { kind: 'json', value: JSON.parse(body.text) }
  } catch {
    return body
  }
}

const isTemplate = (text: string): boolean => text.includes('{{')

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, one]) => [name, ...textsIn(one)]) : []
}
