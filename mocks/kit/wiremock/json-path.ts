import { parseJsonPath, type Step } from './json-path-steps.ts'
import { remembered } from './remembered.ts'

export interface Found {
  /** A list of all that was found, unless the path can only lead to one place. */
  value: unknown
  /** The path can only lead to one place. */
  definite: boolean
}

interface Options {
  /** A member that an object lacks at the end of the path counts as null, as in WireMock's templates. */
  leafToNull?: boolean
}

/** What a JSONPath finds, as Jayway's library understands it; nothing where a definite path leads nowhere. @throws Error for a path that is none. */
export function jsonPath(document: unknown, path: string, options: Options = {}): Found | undefined {
  const steps = stepsOf(path)
  const definite = steps.every(isDefinite)
  const values = walk([document], steps, document, options)
  if (!definite) return { value: values, definite }
  return values.length === 0 ? undefined : { value: values[0], definite }
}

/** @throws Error for a path that is none. */
export const stepsOf: (path: string) => readonly Step[] = remembered(parseJsonPath)

const isDefinite = (step: Step): boolean =>
  step.kind === 'members' ? step.names.length === 1 : step.kind === 'items' ? step.at.length === 1 : step.kind === 'call'

function walk(values: readonly unknown[], steps: readonly Step[], root: unknown, options: Options): unknown[] {
  let found = [...values]
  for (const [at, step] of steps.entries()) {
    const leaf = options.leafToNull === true && at === steps.length - 1
    if (step.kind === 'call') {
      // A function takes all that an open path found as one list.
      found = [call(step.name, steps.slice(0, at).every(isDefinite) ? found[0] : found)].filter((value) => value !== undefined)
    } else found = found.flatMap((value) => stepInto(value, step, root, leaf))
  }
  return found
}

function stepInto(value: unknown, step: Step, root: unknown, leaf: boolean): unknown[] {
  switch (step.kind) {
    case 'members':
      return isObject(value) ? step.names.flatMap((name) => (Object.hasOwn(value, name) ? [value[name]] : leaf ? [null] : [])) : []
    case 'items':
      return Array.isArray(value) ? step.at.flatMap((at) => (value.at(at) === undefined ? [] : [value.at(at)])) : []
    case 'slice':
      return Array.isArray(value) ? value.slice(step.from, step.to) : []
    case 'all':
      return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
    case 'everywhere':
      return [value, ...below(value)]
    case 'filter':
      // An object stands for itself, a list for its items.
      return (Array.isArray(value) ? value : isObject(value) ? [value] : []).filter((one) =>
        step.test((path, fromRoot) => at(path, fromRoot ? root : one, root)),
      )
    case 'call':
      return []
  }
}

function at(steps: readonly Step[], from: unknown, root: unknown): { value: unknown } | undefined {
  const values = walk([from], steps, root, {})
  if (!steps.every(isDefinite)) return values.length === 0 ? undefined : { value: values }
  return values.length === 0 ? undefined : { value: values[0] }
}

function below(value: unknown): unknown[] {
  const children = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  return children.filter((child) => typeof child === 'object' && child !== null).flatMap((child) => [child, ...below(child)])
}

function call(name: string, value: unknown): unknown {
  if (name === 'length' || name === 'size') {
    return Array.isArray(value) || typeof value === 'string' ? value.length : isObject(value) ? Object.keys(value).length : undefined
  }
  if (name === 'keys') return isObject(value) ? Object.keys(value) : undefined
  const numbers = Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : []
  if (numbers.length === 0) return undefined
  const sum = numbers.reduce((total, one) => total + one, 0)
  if (name === 'sum') return sum
  if (name === 'avg') return sum / numbers.length
  return name === 'min' ? Math.min(...numbers) : Math.max(...numbers)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
