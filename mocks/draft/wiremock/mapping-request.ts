import { javaRegex } from '../../kit/wiremock/java-regex.ts'
import { stepsOf } from '../../kit/wiremock/json-path.ts'
import type { RequestPattern } from '../../kit/wiremock/matches.ts'
import type { ValuePattern } from '../../kit/wiremock/value-matches.ts'
import { isJson, type Json, jsonOf } from './mapping.ts'

type Refuse = (why: string) => void

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'ANY']
const NAMED = ['pathParameters', 'queryParameters', 'formParameters', 'headers', 'cookies'] as const
const KNOWN = new Set<string>([
  'method',
  'url',
  'urlPath',
  'urlPattern',
  'urlPathPattern',
  'urlPathTemplate',
  'basicAuth',
  'basicAuthCredentials',
  'bodyPatterns',
  ...NAMED,
])

/** The request part of a mapping; nothing where a matcher in it is not carried, since without it the mapping would answer too much. */
export function requestOf(found: Json, refuse: Refuse): RequestPattern | undefined {
  const faults: string[] = []
  const unknown = Object.keys(found).filter((name) => !KNOWN.has(name))
  if (unknown.length > 0) faults.push(`the matcher ${unknown.join(', ')} is not carried`)
  const method = typeof found.method === 'string' ? found.method.toUpperCase() : 'ANY'
  if (!METHODS.includes(method)) faults.push(`the method ${method} is none that a contract has`)
  const values = (of: unknown) => mapped(jsonOf(of), (one) => patternOf(one, faults))
  const basicAuth = found.basicAuth ?? found.basicAuthCredentials
  const request = {
    method,
    ...addressOf(found, faults),
    ...Object.fromEntries(NAMED.filter((name) => found[name] !== undefined).map((name) => [name, values(found[name])])),
    ...(isJson(basicAuth) ? { basicAuth: { username: String(basicAuth.username), password: String(basicAuth.password) } } : {}),
    ...(Array.isArray(found.bodyPatterns) ? { bodyPatterns: found.bodyPatterns.map((one) => patternOf(one, faults)) } : {}),
  }
  for (const fault of new Set(faults)) refuse(fault)
  return faults.length === 0 ? (request as RequestPattern) : undefined
}

function addressOf(found: Json, faults: string[]): Partial<RequestPattern> {
  const name = (['url', 'urlPattern', 'urlPath', 'urlPathPattern', 'urlPathTemplate'] as const).find((name) => typeof found[name] === 'string')
  if (name === undefined) return {}
  if (name.endsWith('Pattern')) tried(() => javaRegex(String(found[name])), faults, `the regular expression ${found[name]}`)
  return { [name]: found[name] }
}

const TEXTS = new Set(['equalTo', 'contains', 'doesNotContain', 'matches', 'doesNotMatch', 'binaryEqualTo', 'before', 'after', 'equalToDateTime'])
const SWITCHES = new Set(['caseInsensitive', 'absent', 'ignoreArrayOrder', 'ignoreExtraElements'])

/** The pattern of one value, checked: a matcher that is not carried, or a pattern that JavaScript cannot run, is a fault. */
function patternOf(found: unknown, faults: string[]): ValuePattern {
  const pattern: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(jsonOf(found))) {
    if (name === 'matches' || name === 'doesNotMatch') tried(() => javaRegex(String(value)), faults, `the regular expression ${value}`)
    if (name === 'before' || name === 'after' || name === 'equalToDateTime') checkDate(String(value), faults)
    if (TEXTS.has(name)) pattern[name] = String(value)
    else if (SWITCHES.has(name)) {
      // What is said of a matcher that needs no saying is left unsaid.
      if (value === true || name === 'absent') pattern[name] = value
    } else if (name === 'equalToJson') pattern[name] = jsonIn(value, faults)
    else if (name === 'matchesJsonPath') pattern[name] = jsonPathOf(value, faults)
    else if (name === 'and' || name === 'or' || name === 'hasExactly' || name === 'includes')
      pattern[name] = Array.isArray(value) ? value.map((one) => patternOf(one, faults)) : []
    else if (name === 'not') pattern[name] = patternOf(value, faults)
    else faults.push(`the matcher ${name} is not carried`)
  }
  return pattern
}

function checkDate(text: string, faults: string[]): void {
  if (!/^now(?:\s+[+-]?\d+\s+(?:seconds|minutes|hours|days|months|years))?$/i.test(text.trim()) && !/\d{2}:?\d{2}|\d{4}-\d{2}-\d{2}/.test(text)) {
    faults.push(`the date ${text} is none that is carried`)
  }
}

function jsonIn(value: unknown, faults: string[]): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    faults.push('equalToJson holds no JSON')
    return value
  }
}

function jsonPathOf(value: unknown, faults: string[]): string | ({ expression: string } & ValuePattern) {
  const { expression, ...rest } = isJson(value) ? value : { expression: value }
  const path = String(expression)
  tried(() => stepsOf(path), faults, `the JSONPath ${path}`)
  return isJson(value) ? { expression: path, ...patternOf(rest, faults) } : path
}

function tried(attempt: () => unknown, faults: string[], what: string): void {
  try {
    attempt()
  } catch {
    faults.push(`${what} is none that is carried`)
  }
}

const mapped = <T>(object: Json, each: (value: unknown) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, each(value)]))
