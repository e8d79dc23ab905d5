import { type Code, call, namesIn, object } from './code.ts'
import type { DraftContract } from './draft.ts'
import { constantCase, identifier, namer } from './identifier.ts'
import { layout } from './layout.ts'
import { literal, spoken } from './literal.ts'
import { printAuth } from './print-auth.ts'
import { printImports } from './print-imports.ts'
import { operationCode } from './print-operation.ts'
import { printShapes } from './print-shapes.ts'

export { printSchema } from './print-schema.ts'

export interface PrintOptions {
  /** Where it will lie: in a repository that has mock-suite as a package, or among our own contracts. @default 'package' */
  imports?: 'package' | 'kit'
}

/** A draft as the TypeScript of a contract, as the formatter of this house would leave it. */
export function printContract(draft: DraftContract, { imports = 'package' }: PrintOptions = {}): string {
  const name = namer()
  const contract = name(identifier(draft.service, 'drafted'))
  const shapes = printShapes(draft, name)
  const auth = printAuth(draft, name)
  const operation = namer(new Set(Object.getOwnPropertyNames(Object.prototype)))
  const operations = draft.operations.map((one) => ({
    name: operation(identifier(one.name, 'operation')),
    value: operationCode(one, { pydantic: draft.errors === 'fastapi', shapes: draft.shapes, refer: shapes.refer, auth: auth.of(one) }),
  }))
  const body = call('defineContract', contractCode(draft, auth.contract, operations))
  const statements = [...shapes.statements, ...auth.statements, { before: `export const ${contract} = `, code: body }]
  const used = new Set(statements.flatMap(({ code }) => namesIn(code)))
  const written = statements.map(({ comment, before, code }) => {
    const text = `${before}${layout(code, { indent: 0, column: before.length, behind: 0 })}`
    return comment === undefined ? text : `/** ${comment} */\n${text}`
  })
  return `${heading(draft)}\n${printImports(used, imports)}\n\n${written.join('\n\n')}\n`
}

function heading({ notes }: DraftContract): string {
  const told = [...new Set(notes.map(spoken))].filter((note) => note !== '').map((note) => `// - ${note}`)
  const lines = ['// A draft that mock-suite wrote. Read it before you rely on it.']
  return [...lines, ...(told.length === 0 ? [] : ['//', '// What it does not tell as the source did:', ...told])].join('\n')
}

function contractCode(draft: DraftContract, auth: Code | undefined, operations: { name: string; value: Code }[]): Code {
  const { service, title, port, host, errors } = draft
  return object([
    { name: 'service', value: literal(service) },
    { name: 'title', value: literal(title) },
    { name: 'port', value: literal(port) },
    { name: 'host', value: literal(host) },
    { name: 'env', value: object([{ name: variable(service), value: { kind: 'arrow', params: '({ url })', body: 'url' } }]) },
    ...(auth === undefined ? [] : [{ name: 'auth', value: auth }]),
    { name: 'errors', value: envelope(errors, host) },
    { name: 'operations', value: object(operations) },
  ])
}

function envelope(errors: DraftContract['errors'], host: string): Code {
  if (errors === 'wiremock') return call('wiremock')
  return errors === 'fastapi' ? call('fastapi', literal({ version: '0.115.0' })) : call('problemJson', literal({ server: host }))
}

/** What a client reads to find it: `ORDERS_SERVICE_URL`. */
function variable(service: string): string {
  const name = constantCase(service) || 'DRAFTED'
  return `${/^\d/.test(name) ? '_' : ''}${name}${name.endsWith('_SERVICE') ? '' : '_SERVICE'}_URL`
}
