import type { ArrowCode, CallCode, Code, LeafCode, ObjectCode } from './code.ts'
import { keyOf } from './literal.ts'

const WIDTH = 160

/** Where an expression begins, and how much must still fit behind its last line. */
interface Place {
  indent: number
  column: number
  behind: number
}

/** Breaks an expression into lines where the formatter of this house would. */
export function layout(code: Code, place: Place): string {
  const line = flat(code)
  if (line !== undefined && place.column + line.length + place.behind <= WIDTH) return line
  if (typeof code === 'string') return code
  switch (code.kind) {
    case 'leaf':
      return code.text
    case 'object':
      return layObject(code, place)
    case 'list':
      return code.items.every(isNumber) ? filled(code.items, place) : `[${block(code.items, place)}]`
    case 'arrow': {
      const brackets = isObject(code.body) ? 1 : 0
      const inner = { ...place, column: place.column + code.params.length + 4 + brackets, behind: place.behind + brackets }
      return `${code.params} => ${wrapped(code.body, (body) => layout(body, inner))}`
    }
    case 'call':
      return code.chain.length === 0 ? code.callee + layArgs(code.args, { ...place, column: place.column + code.callee.length }) : layChain(code, place)
  }
}

/** On one line; nothing where the formatter would not have it so, whatever the width. */
function flat(code: Code): string | undefined {
  if (typeof code === 'string') return code
  switch (code.kind) {
    case 'leaf':
      return code.text
    case 'object':
      return flatObject(code)
    case 'list':
      return isGrid(code.items) ? undefined : all(code.items, (items) => `[${items}]`)
    case 'arrow':
      return all([code.body], (body) => `${code.params} => ${wrapped(code.body, () => body)}`)
    case 'call':
      return isLongChain(code) ? undefined : flatCall(code)
  }
}

function flatObject({ members }: ObjectCode): string | undefined {
  if (members.length === 0) return '{}'
  if (members.some(({ comment }) => comment !== undefined)) return undefined
  const keys = members.map(({ name }) => keyOf(name))
  const values = members.map(({ value }) => flat(value))
  return values.includes(undefined) ? undefined : `{ ${values.map((value, at) => `${keys[at]}: ${value}`).join(', ')} }`
}

function flatCall({ callee, args, chain }: CallCode): string | undefined {
  const calls = [{ name: callee, args }, ...chain].map(({ name, args }) => all(args, (text) => `${name}(${text})`))
  return calls.includes(undefined) ? undefined : calls.join('.')
}

function all(codes: readonly Code[], render: (text: string) => string): string | undefined {
  const texts = codes.map(flat)
  return texts.includes(undefined) ? undefined : render(texts.join(', '))
}

const wrapped = (body: Code, render: (body: Code) => string | undefined): string => (isObject(body) ? `(${render(body)})` : `${render(body)}`)

function layObject({ members }: ObjectCode, { indent }: Place): string {
  const inner = indent + 2
  const lines = members.map(
    ({ name, value, comment }) => `${comment === undefined ? '' : `${' '.repeat(inner)}${comment}\n`}${layMember(keyOf(name), value, inner)},\n`,
  )
  return `{\n${lines.join('')}${' '.repeat(indent)}}`
}

function layMember(key: string, value: Code, indent: number): string {
  const before = `${' '.repeat(indent)}${key}:`
  const text = layout(value, { indent, column: before.length + 1, behind: 1 })
  const far = isLeaf(value) && before.length + text.length + 2 > WIDTH && key.length > 4
  return far ? `${before}\n${' '.repeat(indent + 2)}${text}` : `${before} ${text}`
}

/** A last argument with brackets of its own keeps them on the line of the call. */
function layArgs(args: readonly Code[], place: Place): string {
  if (args.length === 0) return '()'
  const last = args.at(-1) as Code
  const before = all(args.slice(0, -1), (text) => (text === '' ? '' : `${text}, `))
  if (before !== undefined && isHuggable(last)) {
    const text = isArrowToCall(last) ? layArrow(last, place) : layout(last, { ...place, column: place.column + before.length + 1, behind: place.behind + 1 })
    if (place.column + before.length + 1 + (text.split('\n', 1)[0] ?? '').length <= WIDTH) return `(${before}${text})`
  }
  return `(${block(args, place)})`
}

function layArrow({ params, body }: ArrowCode, { indent }: Place): string {
  const inner = indent + 2
  return `${params} =>\n${' '.repeat(inner)}${layout(body, { indent: inner, column: inner, behind: 1 })},\n${' '.repeat(indent)}`
}

function layChain({ callee, args, chain }: CallCode, { indent, behind }: Place): string {
  const dot = callee.lastIndexOf('.')
  const [root, first] = dot === -1 ? [`${callee}()`, []] : [callee.slice(0, dot), [{ name: callee.slice(dot + 1), args }]]
  const inner = indent + 2
  const links = [...first, ...chain]
  const calls = links.map(({ name, args }, at) => {
    const before = `${' '.repeat(inner)}.${name}`
    const line = all(args, (text) => `(${text})`)
    const rest = at === links.length - 1 ? behind : 0
    const fits = line !== undefined && before.length + line.length + rest <= WIDTH
    return `\n${before}${fits ? line : layArgs(args, { indent: inner, column: before.length, behind: 0 })}`
  })
  return root + calls.join('')
}

/** As many numbers on a line as go. */
function filled(items: readonly Code[], { indent }: Place): string {
  const lines = ['']
  for (const item of items) {
    const line = lines.at(-1) as string
    const longer = line === '' ? `${' '.repeat(indent + 2)}${item},` : `${line} ${item},`
    if (line !== '' && longer.length > WIDTH) lines.push(`${' '.repeat(indent + 2)}${item},`)
    else lines[lines.length - 1] = longer
  }
  return `[\n${lines.join('\n')}\n${' '.repeat(indent)}]`
}

function block(items: readonly Code[], { indent }: Place): string {
  const inner = indent + 2
  const lines = items.map((item) => `${' '.repeat(inner)}${layout(item, { indent: inner, column: inner, behind: 1 })},\n`)
  return `\n${lines.join('')}${' '.repeat(indent)}`
}

/** Three calls and more, one of which takes something involved, stand on lines of their own. */
function isLongChain({ args, chain }: CallCode): boolean {
  return chain.length >= 2 && [...args, ...chain.flatMap(({ args }) => args)].some((arg) => !isSimple(arg, 0))
}

function isSimple(code: Code, depth: number): boolean {
  if (depth >= 2) return false
  if (typeof code === 'string') return true
  switch (code.kind) {
    case 'leaf':
      return !(code.value instanceof RegExp) || code.value.source.length <= 5
    case 'object':
      return code.members.every(({ value }) => isSimple(value, depth + 1))
    case 'list':
      return code.items.every((item) => isSimple(item, depth + 1))
    case 'call':
      return [...code.args, ...code.chain.flatMap(({ args }) => args)].every((arg) => isSimple(arg, depth + 1))
    case 'arrow':
      return false
  }
}

/** Several objects, or several lists, with more than one thing in each. */
function isGrid(items: readonly Code[]): boolean {
  const [first] = items
  if (items.length < 2 || first === undefined || typeof first === 'string') return false
  if (first.kind === 'object') return items.every((item) => isObject(item) && item.members.length > 1)
  return first.kind === 'list' && items.every((item) => typeof item !== 'string' && item.kind === 'list' && item.items.length > 1)
}

const isLeaf = (code: Code): code is LeafCode => typeof code !== 'string' && code.kind === 'leaf'
const isNumber = (code: Code): boolean => isLeaf(code) && typeof code.value === 'number'
const isObject = (code: Code): code is ObjectCode => typeof code !== 'string' && code.kind === 'object'
const isArrowToCall = (code: Code): code is ArrowCode => typeof code !== 'string' && code.kind === 'arrow' && !isObject(code.body)

function isHuggable(code: Code): boolean {
  if (typeof code === 'string') return false
  return code.kind === 'arrow' || (code.kind === 'object' && code.members.length > 0) || (code.kind === 'list' && code.items.length > 0)
}
