import { javaRegex } from './java-regex.ts'
import { readSteps, type Step } from './json-path-steps.ts'

/** Looks a path up, from the value at hand or from the root. */
type LookUp = (path: readonly Step[], fromRoot: boolean) => { value: unknown } | undefined

/** Whether a value passes a filter. */
export type Test = (lookUp: LookUp) => boolean
type Operand = (lookUp: LookUp) => { value: unknown } | undefined

/** Reads what stands after `?`: `(@.price < 10 && @.name =~ /Req.+/i)`. @throws Error for what is no filter. */
export function parseFilter(text: string): Test {
  const reader = { text, at: 0 }
  const test = either(reader)
  skip(reader)
  if (reader.at !== text.length) throw new Error(`the JSONPath filter ${text} makes no sense from ${JSON.stringify(text.slice(reader.at))} on`)
  return test
}

interface Reader {
  readonly text: string
  at: number
}

function either(reader: Reader): Test {
  let test = both(reader)
  while (takes(reader, /^\|\|/)) {
    const [one, other] = [test, both(reader)]
    test = (lookUp) => one(lookUp) || other(lookUp)
  }
  return test
}

function both(reader: Reader): Test {
  let test = single(reader)
  while (takes(reader, /^&&/)) {
    const [one, other] = [test, single(reader)]
    test = (lookUp) => one(lookUp) && other(lookUp)
  }
  return test
}

function single(reader: Reader): Test {
  if (takes(reader, /^!(?!=)/)) {
    const test = single(reader)
    return (lookUp) => !test(lookUp)
  }
  if (takes(reader, /^\(/)) {
    const test = either(reader)
    if (!takes(reader, /^\)/)) throw new Error(`the JSONPath filter ${reader.text} lacks a closing parenthesis`)
    return test
  }
  return comparison(reader)
}

function comparison(reader: Reader): Test {
  const left = operand(reader)
  const operator = takes(reader, /^(?:==|!=|<=|>=|=~|<|>|(?:in|nin|contains|size|empty|anyof|noneof|subsetof)(?![\w(]))/i)?.toLowerCase()
  if (operator === undefined) return (lookUp) => left(lookUp) !== undefined
  if (operator === '=~') {
    const pattern = regex(reader)
    return (lookUp) => {
      const found = left(lookUp)
      return found !== undefined && typeof found.value !== 'object' && pattern.test(String(found.value))
    }
  }
  const right = operand(reader)
  return (lookUp) => compare(operator, left(lookUp), right(lookUp))
}

function operand(reader: Reader): Operand {
  skip(reader)
  const first = reader.text[reader.at]
  if (first === '@' || first === '$') {
    const { steps, end } = readSteps(reader.text, reader.at + 1)
    reader.at = end
    return (lookUp) => lookUp(steps, first === '$')
  }
  const value = literal(reader)
  return () => ({ value })
}

function literal(reader: Reader): unknown {
  const quoted = takes(reader, /^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/)
  if (quoted !== undefined) return quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1')
  const number = takes(reader, /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)
  if (number !== undefined) return Number(number)
  const word = takes(reader, /^(?:true|false|null)\b/)
  if (word !== undefined) return JSON.parse(word)
  if (!takes(reader, /^\[/)) throw new Error(`the JSONPath filter ${reader.text} makes no sense from ${JSON.stringify(reader.text.slice(reader.at))} on`)
  const items: unknown[] = []
  while (!takes(reader, /^\]/)) {
    items.push(literal(reader))
    takes(reader, /^,/)
  }
  return items
}

function regex(reader: Reader): RegExp {
  const [, source = '', flags = ''] = /^\/((?:[^/\\]|\\.)*)\/([a-z]*)$/s.exec(takes(reader, /^\/(?:[^/\\]|\\.)*\/[a-z]*/s) ?? '') ?? []
  return javaRegex(`${flags.includes('i') ? '(?i)' : ''}${source}`)
}

function compare(operator: string, left: { value: unknown } | undefined, right: { value: unknown } | undefined): boolean {
  if (left === undefined || right === undefined) return operator === '!=' && left !== right
  const [one, other] = [left.value, right.value]
  const among = (list: unknown, value: unknown) => Array.isArray(list) && list.some((item) => same(item, value))
  switch (operator) {
    case '==':
      return same(one, other)
    case '!=':
      return !same(one, other)
    case 'in':
      return among(other, one)
    case 'nin':
      return !among(other, one)
    case 'contains':
      return typeof one === 'string' ? one.includes(String(other)) : among(one, other)
    case 'size':
      return (Array.isArray(one) || typeof one === 'string') && one.length === other
    case 'empty':
      return (Array.isArray(one) || typeof one === 'string') && (one.length === 0) === other
    case 'anyof':
      return Array.isArray(one) && one.some((item) => among(other, item))
    case 'noneof':
      return Array.isArray(one) && !one.some((item) => among(other, item))
    case 'subsetof':
      return Array.isArray(one) && one.every((item) => among(other, item))
    default:
      return ordered(operator, one, other)
  }
}

/** A number is equal to its text. */
function same(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'string') return other.trim() !== '' && one === Number(other)
  if (typeof one === 'string' && typeof other === 'number') return same(other, one)
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other))
}

function ordered(operator: string, one: unknown, other: unknown): boolean {
  const numbers = typeof one === 'number' || typeof other === 'number'
  const [left, right] = numbers ? [Number(one), Number(other)] : [one, other]
  if (typeof left !== typeof right || (typeof left !== 'number' && typeof left !== 'string') || (typeof right !== 'number' && typeof right !== 'string'))
    return false
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

function takes(reader: Reader, pattern: RegExp): string | undefined {
  skip(reader)
  const found = pattern.exec(reader.text.slice(reader.at))?.[0]
  if (found !== undefined) reader.at += found.length
  return found
}

function skip(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1
}
