import { javaRegex } from './java-regex.ts'

export interface JsonEquality {
  ignoreArrayOrder?: boolean
  ignoreExtraElements?: boolean
}

/** Whether a JSON value is what `equalToJson` expects, JsonUnit's placeholders among it. */
export function jsonEqual(expected: unknown, actual: unknown, options: JsonEquality = {}): boolean {
  if (typeof expected === 'string' && /^[$#]\{json-unit\./.test(expected)) return fitsPlaceholder(expected, actual)
  if (Array.isArray(expected)) return Array.isArray(actual) && listsEqual(expected, actual, options)
  if (isObject(expected)) return isObject(actual) && objectsEqual(expected, actual, options)
  return expected === actual
}

function fitsPlaceholder(placeholder: string, actual: unknown): boolean {
  const [, name = '', rest = ''] = /^[$#]\{json-unit\.([\w-]+)\}(.*)$/s.exec(placeholder) ?? []
  switch (name) {
    case 'ignore':
    case 'ignore-element':
      return true
    case 'any-string':
    case 'any-number':
    case 'any-boolean':
      return typeof actual === name.slice('any-'.length)
    case 'regex':
      return typeof actual === 'string' && javaRegex(rest).test(actual)
    default:
      return placeholder === actual
  }
}

function listsEqual(expected: readonly unknown[], actual: readonly unknown[], options: JsonEquality): boolean {
  if (options.ignoreExtraElements ? actual.length < expected.length : actual.length !== expected.length) return false
  if (!options.ignoreArrayOrder) return expected.every((one, at) => jsonEqual(one, actual[at], options))
  const left = [...actual]
  return expected.every((one) => {
    const at = left.findIndex((other) => jsonEqual(one, other, options))
    if (at === -1) return false
    left.splice(at, 1)
    return true
  })
}

function objectsEqual(expected: Readonly<Record<string, unknown>>, actual: Readonly<Record<string, unknown>>, options: JsonEquality): boolean {
  const missing = Object.entries(expected).some(([name, value]) => !(Object.hasOwn(actual, name) ? jsonEqual(value, actual[name], options) : value === IGNORED))
  if (missing) return false
  return options.ignoreExtraElements === true || Object.keys(actual).every((name) => Object.hasOwn(expected, name))
}

/** The one placeholder that also stands for a member that is not there. */
const IGNORED = '$' + '{json-unit.ignore-element}'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
