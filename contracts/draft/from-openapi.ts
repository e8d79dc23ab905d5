import type { DraftContract, DraftOperation } from './draft.ts'
import { evaluator } from './evaluate.ts'
import { type Document, isJson, jsonOf, openDocument, own, textOf } from './openapi/document.ts'
import { examplesOf } from './openapi/examples.ts'
import { withoutLoops } from './openapi/loops.ts'
import { type ReadOperation, readOperation } from './openapi/operation.ts'
import { pathOf } from './openapi/path.ts'
import { schemaReader } from './openapi/schema.ts'
import { serverOf } from './openapi/server.ts'

export interface OpenApiImport {
  /** What the document is called, in the `source` of each operation. */
  source: string
  /** @default after the document's title */
  service?: string | undefined
  /** @default that of the document's server, or 8000 */
  port?: number | undefined
}

/**
 * The draft of a contract, from an OpenAPI 3.0 or 3.1 document as its JSON or YAML reads.
 *
 * @throws MockSuiteError `bad-import` for what is no such document.
 */
export function fromOpenApi(found: unknown, { source, ...wanted }: OpenApiImport): DraftContract {
  const notes = new Set<string>()
  const note = (text: string): void => void notes.add(text)
  const document = openDocument(found, note)
  const reader = schemaReader(document)
  const title = textOf(own(document.root.info, 'title'))?.trim() ?? 'Service'
  const service = wanted.service ?? serviceOf(title)
  const { host, port, prefix } = serverOf(document, service)
  const read = operationsOf(document, prefix, (found) => readOperation(found, { document, reader, source }))
  const shapes = withoutLoops({ ...reader.shapes }, note)
  const schema = evaluator(shapes, document.fastapi)
  const operations = read.map((one): DraftOperation => ({ ...one.operation, examples: examplesOf(one, schema, note) }))
  if (document.fastapi && document.version === '3.0') note('a FastAPI of this age words a 422 as pydantic 1 does, and here it is worded as pydantic 2 does')
  return { service, title, port: wanted.port ?? port, host, errors: document.fastapi ? 'fastapi' : 'plain', shapes, operations, notes: [...notes] }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const OTHERS = ['head', 'options', 'trace']

function operationsOf(document: Document, prefix: string, read: (found: Parameters<typeof readOperation>[0]) => ReadOperation): ReadOperation[] {
  const routes = new Set<string>()
  return Object.entries(jsonOf(document.root.paths)).flatMap(([template, value]) => {
    const item = document.resolve(value)
    const path = pathOf(prefix + template)
    if (item === undefined || template.startsWith('x-')) return []
    if (path === undefined) {
      document.note(`${template} is left out: our paths cannot be written so`)
      return []
    }
    for (const method of OTHERS)
      if (item[method] !== undefined) document.note(`${method.toUpperCase()} ${template} is left out: contracts have ${METHODS.join(', ').toUpperCase()}`)
    return METHODS.flatMap((method) => {
      const operation = item[method]
      const route = `${method} ${path.path.replaceAll(/:\w+/g, ':')}`
      if (!isJson(operation)) return []
      if (routes.has(route)) document.note(`${method.toUpperCase()} ${template} is left out: another operation has this address`)
      if (routes.has(route)) return []
      routes.add(route)
      return [read({ template, path, method: method.toUpperCase() as DraftOperation['method'], item, operation })]
    })
  })
}

/** `Alert Service API` is `alert`. */
function serviceOf(title: string): string {
  const words = title
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '' && !['service', 'api', 'the', 'fastapi', 'openapi', 'swagger', 'server'].includes(word))
  return words.filter((word) => !/^v?\d+$/.test(word)).join('-') || 'drafted'
}
