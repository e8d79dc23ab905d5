import { type Document, isJson, type Json, jsonOf, listOf, textOf } from '../../draft/openapi/document.ts'

/** One operation as a document tells it, with nothing looked into. */
export interface ReadOperation {
  /** `GET /alerts/{}`: what the parameters of a path are called is nobody's business but the service's. */
  key: string
  /** `GET /alerts/{alert_id}` */
  name: string
  operationId: string | null
  tag: string
  /** In the order of the path. */
  path: readonly string[]
  parameters: readonly Parameter[]
  body: Json | undefined
  replies: ReadonlyMap<string, Json>
  security: unknown
}

export interface Parameter {
  in: string
  name: string
  required: boolean
  schema: unknown
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace']

/** Every operation of a document; of two with the same address the first counts. */
export function operationsOf(document: Document): ReadonlyMap<string, ReadOperation> {
  const found = new Map<string, ReadOperation>()
  for (const [template, value] of Object.entries(jsonOf(document.root.paths))) {
    const item = template.startsWith('/') ? document.resolve(value) : undefined
    for (const method of METHODS) {
      const operation = item?.[method]
      if (item === undefined || !isJson(operation)) continue
      const read = operationOf(template, method.toUpperCase(), item, operation, document)
      if (!found.has(read.key)) found.set(read.key, read)
    }
  }
  return found
}

function operationOf(template: string, method: string, item: Json, operation: Json, document: Document): ReadOperation {
  const replies = Object.entries(jsonOf(operation.responses)).filter(([status]) => !status.startsWith('x-'))
  return {
    key: `${method} ${template.replaceAll(/\{[^{}]*\}/g, '{}')}`,
    name: `${method} ${template}`,
    operationId: textOf(operation.operationId) ?? null,
    tag: textOf(listOf(operation.tags)[0]) ?? textOf(jsonOf(document.root.info).title) ?? 'contract',
    path: [...template.matchAll(/\{([^{}:]*)[^{}]*\}/g)].map(([, name = '']) => name),
    parameters: parametersOf(item, operation, document),
    body: document.resolve(operation.requestBody),
    replies: new Map(
      replies.flatMap(([status, response]) => {
        const found = document.resolve(response)
        return found === undefined ? [] : [[status.toUpperCase(), found] as const]
      }),
    ),
    security: operation.security ?? document.root.security,
  }
}

/** Headers that belong to HTTP itself; OpenAPI has other words for them. */
const OTHERS = new Set(['accept', 'content-type', 'authorization'])

/** The operation's own word wins over the path's. */
function parametersOf(item: Json, operation: Json, document: Document): Parameter[] {
  const known = new Map<string, Parameter>()
  for (const one of [...listOf(item.parameters), ...listOf(operation.parameters)]) {
    const found = document.resolve(one)
    const place = textOf(found?.in)
    const written = textOf(found?.name)
    if (found === undefined || place === undefined || written === undefined) continue
    const name = place === 'header' ? written.toLowerCase() : written
    if (place === 'header' && OTHERS.has(name)) continue
    known.set(`${place} ${name}`, { in: place, name, required: place === 'path' || found.required === true, schema: schemaOf(found) })
  }
  return [...known.values()]
}

/** What is written as a media type of its own has its schema there. */
const schemaOf = ({ schema, content }: Json): unknown => schema ?? Object.values(jsonOf(content)).map((media) => jsonOf(media).schema)[0] ?? {}
