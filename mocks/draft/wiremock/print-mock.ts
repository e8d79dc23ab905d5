import { type Code, call, object } from '../../../contracts/draft/code.ts'
import { layout } from '../../../contracts/draft/layout.ts'
import { literal } from '../../../contracts/draft/literal.ts'
import { type Asking, type Branch, isUnconditional } from './operations.ts'
import { spokenOf } from './responses.ts'

export interface PrintMockOptions {
  /** The contract's name in its file: `ticker`. */
  contract: string
  /** Where it will lie: in a repository that has mock-suite as a package, or among our own mocks. */
  imports: 'package' | 'kit'
}

const WIDTH = 160

/** The TypeScript of a mock whose handlers ask the mappings in WireMock's order. */
export function printMock(operations: readonly Asking[], { contract, imports }: PrintMockOptions): string {
  const shared = sharedBy(operations)
  const handlers = operations.map((asking) => {
    const whole = shared.get(handlerOf(asking, { ...PLAIN, indent: 0 }).text)
    return whole === undefined ? handlerOf(asking, PLAIN).text : `    ${asking.name}: ${whole.name},`
  })
  const functions = [...shared.values()].map(({ name, asking }) => printFunction(name, asking))
  const body = [...handlers, ...functions].join('\n')
  const stateful = operations.some(({ branches }) => branches.some(({ mapping }) => mapping.state !== undefined))
  const tables = stateful ? '  tables: { states },\n\n' : ''
  const used = ['asked', 'enter', 'matches', 'render', 'rendered', 'stateOf', 'states', 'unserved'].filter((name) =>
    new RegExp(`(?<![\\w.'])${name}(?:\\(|$)`, 'm').test(`${body}${name === 'states' && stateful ? '\nstates' : ''}`),
  )
  const source = functions.some((text) => text.includes('call: Source')) ? ['type Source'] : []
  return `// A draft that mock-suite wrote from WireMock's mappings: each handler asks them in WireMock's order. Read it before you rely on it.
${importLines(contract, imports, [...used, ...source])}

export const ${contract}Mock = defineMock(${contract})({
${tables}  operations: {
${handlers.map((text, at) => (at > 0 && text.includes('\n') ? `\n${text}` : text)).join('\n')}
  },
})
${functions.map((text) => `\n${text}\n`).join('')}`
}

function importLines(contract: string, from: 'package' | 'kit', used: readonly string[]): string {
  const names = used.toSorted((one, other) => one.replace(/^type /, '').localeCompare(other.replace(/^type /, '')))
  const ours = (path: string) => (names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${path}'`])
  const contractLine = `import { ${contract} } from '../contracts/${contract}.ts'`
  if (from === 'kit') return [contractLine, ...ours('./kit/wiremock/index.ts'), "import { defineMock } from './world/index.ts'"].join('\n')
  return ["import { defineMock } from 'mock-suite'", ...ours('mock-suite/wiremock'), contractLine].join('\n')
}

interface Style {
  indent: number
  /** In a function of its own a status has to be told from any number. */
  typed: boolean
}

const PLAIN: Style = { indent: 4, typed: false }

/** Handlers that several operations have in common, by their text: what a mapping for any method makes. */
function sharedBy(operations: readonly Asking[]): Map<string, { name: string; asking: Asking }> {
  const shared = new Map<string, { name: string; asking: Asking }>()
  const seen = new Set<string>()
  const names = new Set<string>()
  for (const asking of operations) {
    const { text, stateful } = handlerOf(asking, { ...PLAIN, indent: 0 })
    if (seen.has(text) && !stateful && !shared.has(text)) {
      let name = `answer${asking.name.replace(/^(?:get|post|put|patch|delete)/, '')}`
      while (names.has(name)) name += '_'
      names.add(name)
      shared.set(text, { name, asking })
    }
    seen.add(text)
  }
  return shared
}

function printFunction(name: string, asking: Asking): string {
  const { lines, request } = bodyOf(asking, { indent: 2, typed: true })
  return `function ${name}(${request ? 'call: Source' : ''}) {\n${lines.join('\n')}\n}`
}

/** One member of `operations`; under no indent its own name is left out, so that two of them can be compared. */
function handlerOf(asking: Asking, style: Style): { text: string; stateful: boolean } {
  const { lines, request, stateful, only } = bodyOf(asking, { ...style, indent: style.indent + 2 })
  const pad = ' '.repeat(style.indent)
  const name = style.indent === 0 ? 'same' : asking.name
  if (only !== undefined) {
    const before = `${pad}${name}: `
    return { text: `${before}${layout({ kind: 'arrow', params: '()', body: only }, { indent: style.indent, column: before.length, behind: 1 })},`, stateful }
  }
  return { text: `${pad}${name}(${request || stateful ? 'call' : ''}) {\n${lines.join('\n')}\n${pad}},`, stateful }
}

interface Body {
  lines: string[]
  request: boolean
  stateful: boolean
  /** The one reply that it always gives, without asking anything. */
  only?: Code
}

function bodyOf(asking: Asking, style: Style): Body {
  const { branches } = asking
  const pad = ' '.repeat(style.indent)
  const replies = branches.map((branch) => replyCode(asking, branch, style))
  const request = branches.some(({ pattern }) => pattern !== undefined) || replies.some(({ request }) => request)
  const stateful = branches.some(({ mapping }) => mapping.state !== undefined)
  const lines = [
    ...(request ? [`${pad}const request = asked(call)`] : []),
    ...branches.flatMap((branch, at) => branchLines(branch, replies[at]?.code ?? '', style)),
  ]
  const [first] = branches
  const sure = branches.some(isUnconditional)
  if (!sure) lines.push(`${pad}return unserved`)
  const alone = branches.length === 1 && first !== undefined && isUnconditional(first) && !request && !stateful
  return { lines, request, stateful, ...(alone ? { only: replies[0]?.code as Code } : {}) }
}

function branchLines({ mapping, pattern }: Branch, reply: Code, { indent }: Style): string[] {
  const pad = ' '.repeat(indent)
  const { state } = mapping
  const moves = state?.next === undefined ? [] : [`enter(call.tables.states, ${text(state.scenario)}, ${text(state.next)})`]
  const comment = `${pad}// ${mapping.at}${mapping.priority === 5 ? '' : `, priority ${mapping.priority}`}`
  const asks = [
    ...(state?.required === undefined ? [] : [`stateOf(call.tables.states, ${text(state.scenario)}) === ${text(state.required)}`]),
    ...(pattern === undefined ? [] : [call('matches', 'request', literal(pattern))]),
  ]
  const returned = (at: number) => `${' '.repeat(at)}return ${layout(reply, { indent: at, column: at + 7, behind: 0 })}`
  if (asks.length === 0) return [comment, ...moves.map((line) => pad + line), returned(indent)]
  const flat = asks.map((ask) => layout(ask, { indent: 0, column: -10_000, behind: 0 }))
  const condition = flat.join(' && ')
  const oneLine = !condition.includes('\n') && indent + condition.length + 8 <= WIDTH
  const reply1 = layout(reply, { indent: 0, column: -10_000, behind: 0 })
  if (oneLine && moves.length === 0 && !reply1.includes('\n') && indent + condition.length + 12 + reply1.length <= WIDTH)
    return [comment, `${pad}if (${condition}) return ${reply1}`]
  const inner = [...moves.map((line) => `${pad}  ${line}`), returned(indent + 2)]
  if (oneLine) return [comment, `${pad}if (${condition}) {`, ...inner, `${pad}}`]
  const asked = asks.map((ask, at) => {
    const last = at === asks.length - 1
    return `${pad}  ${layout(ask, { indent: indent + 2, column: indent + 2, behind: last ? 0 : 3 })}${last ? '' : ' &&'}`
  })
  return [comment, `${pad}if (`, ...asked, `${pad}) {`, ...inner, `${pad}}`]
}

const text = (value: string): string => (literal(value) as { text: string }).text

function replyCode(asking: Asking, { mapping: { reply, request } }: Branch, { typed }: Style): { code: Code; request: boolean } {
  const { status, body, headers, contentType, templated, parameters } = reply
  const spoken = spokenOf(asking, status)
  const options = {
    ...(request.urlPathTemplate === undefined ? {} : { urlPathTemplate: request.urlPathTemplate }),
    ...(parameters === undefined ? {} : { parameters }),
  }
  const more = (source: unknown) => {
    const said = JSON.stringify(source)
    const needed = { ...(/request\.path\./.test(said) ? options : {}), ...(/parameters/.test(said) && parameters !== undefined ? { parameters } : {}) }
    return Object.keys(needed).length === 0 ? [] : [literal(needed)]
  }
  let asks = false
  const written = (value: unknown): Code => {
    if (!templated || !JSON.stringify(value).includes('{{')) return literal(value)
    asks = true
    return call(typeof value === 'string' ? 'render' : 'rendered', literal(value), 'request', ...more(value))
  }
  const all = { ...headers, ...(spoken.contentType === undefined && contentType !== '' ? { 'content-type': contentType } : {}) }
  const said: Code = body.kind === 'bytes' ? call('Buffer.from', literal(body.base64), literal('base64')) : written(sayable(body, spoken.kind))
  const code = object([
    { name: 'status', value: typed ? { kind: 'leaf', text: `${status} as const`, value: status } : literal(status) },
    { name: 'body', value: said },
    ...(Object.keys(all).length === 0
      ? []
      : [{ name: 'headers', value: object(Object.entries(all).map(([name, value]) => ({ name, value: headerCode(value, written) }))) }]),
  ])
  return { code, request: asks }
}

const headerCode = (value: string | readonly string[], written: (value: unknown) => Code): Code => written(value)

function sayable(body: { kind: 'json'; value: unknown } | { kind: 'text'; text: string }, kind: 'json' | 'text'): unknown {
  if (body.kind === 'text') return body.text
  return kind === 'json' ? body.value : JSON.stringify(body.value)
}
