import { parseFilter, type Test } from './json-path-filter.ts'

/** One step of a JSONPath. */
export type Step =
  | { kind: 'members'; names: readonly string[] }
  | { kind: 'items'; at: readonly number[] }
  | { kind: 'slice'; from: number; to: number | undefined }
  | { kind: 'all' }
  | { kind: 'everywhere' }
  | { kind: 'filter'; test: Test }
  | { kind: 'call'; name: string }

const CALLS = ['length', 'size', 'keys', 'min', 'max', 'sum', 'avg']

/** Reads a whole path, `$` at its head. @throws Error that says where it stopped making sense. */
export function parseJsonPath(path: string): Step[] {
  const text = path.trim()
  if (!text.startsWith('$')) return parseJsonPath(`$.${text}`)
  const { steps, end } = readSteps(text, 1)
  if (end !== text.length) throw new Error(`the JSONPath ${path} makes no sense from ${JSON.stringify(text.slice(end))} on`)
  return steps
}

/** Reads as many steps as follow; a filter's paths end before an operator. */
export function readSteps(text: string, from: number): { steps: Step[]; end: number } {
  const steps: Step[] = []
  let at = from
  for (;;) {
    const rest = text.slice(at)
    const call = /^\.([a-z]+)\(\)/.exec(rest)
    const name = /^(\.\.?)([\p{L}_$][\p{L}\p{N}_$-]*|\*)/u.exec(rest)
    if (call !== null && CALLS.includes(call[1] as string)) {
      steps.push({ kind: 'call', name: call[1] as string })
      at += call[0].length
    } else if (name !== null) {
      if (name[1] === '..') steps.push({ kind: 'everywhere' })
      steps.push(name[2] === '*' ? { kind: 'all' } : { kind: 'members', names: [name[2] as string] })
      at += name[0].length
    } else if (/^\.{0,2}\[/.test(rest)) {
      if (rest.startsWith('..')) steps.push({ kind: 'everywhere' })
      const opened = at + rest.indexOf('[')
      const closed = closing(text, opened)
      steps.push(bracket(text.slice(opened + 1, closed)))
      at = closed + 1
    } else return { steps, end: at }
  }
}

/** The bracket that closes this one; quotes, patterns and brackets within are passed over. */
function closing(text: string, opened: number): number {
  let depth = 0
  for (let at = opened; at < text.length; at += 1) {
    const letter = text[at] as string
    if (letter === "'" || letter === '"') {
      at += 1
      while (at < text.length && text[at] !== letter) at += text[at] === '\\' ? 2 : 1
    } else if (letter === '[') depth += 1
    else if (letter === ']') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  throw new Error(`the JSONPath ${text} lacks a closing bracket`)
}

function bracket(inner: string): Step {
  const text = inner.trim()
  if (text === '*') return { kind: 'all' }
  if (text.startsWith('?')) return { kind: 'filter', test: parseFilter(text.slice(1).trim()) }
  if (/^['"]/.test(text))
    return {
      kind: 'members',
      names: [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, one, other]) => (one ?? other ?? '').replaceAll(/\\(.)/g, '$1')),
    }
  if (/^-?\d+(?:\s*,\s*-?\d+)*$/.test(text)) return { kind: 'items', at: text.split(',').map(Number) }
  const slice = /^(-?\d*)\s*:\s*(-?\d*)$/.exec(text)
  if (slice !== null) return { kind: 'slice', from: Number(slice[1]), to: slice[2] === '' ? undefined : Number(slice[2]) }
  throw new Error(`the JSONPath step [${inner}] is none that is carried`)
}
