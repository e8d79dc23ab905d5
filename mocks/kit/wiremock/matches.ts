import type { Asked } from './asked.ts'
import { javaRegex } from './java-regex.ts'
import { pathVariables } from './path-template.ts'
import { type ValuePattern, valueMatches } from './value-matches.ts'

/** What several values of one name have to be. */
export type ManyPattern = ValuePattern | { hasExactly: readonly ValuePattern[] } | { includes: readonly ValuePattern[] }

/** The part of a mapping that says which requests it is for, in WireMock's own words. */
export interface RequestPattern {
  /** `ANY` is any. */
  method?: string
  /** Path and query, to the letter. */
  url?: string
  urlPattern?: string
  urlPath?: string
  urlPathPattern?: string
  urlPathTemplate?: string
  pathParameters?: Readonly<Record<string, ValuePattern>>
  queryParameters?: Readonly<Record<string, ManyPattern>>
  formParameters?: Readonly<Record<string, ManyPattern>>
  headers?: Readonly<Record<string, ManyPattern>>
  cookies?: Readonly<Record<string, ValuePattern>>
  basicAuth?: { username: string; password: string }
  bodyPatterns?: readonly ValuePattern[]
}

/** Whether a request is one that a mapping is for; all that is said must hold. */
export function matches(request: Asked, pattern: RequestPattern): boolean {
  const { method = 'ANY', queryParameters = {}, formParameters = {}, headers = {}, cookies = {}, basicAuth, bodyPatterns = [] } = pattern
  if (method !== 'ANY' && method !== request.method) return false
  if (!addressMatches(request, pattern)) return false
  if (basicAuth !== undefined && request.header('authorization')[0] !== basic(basicAuth)) return false
  const all = (patterns: Readonly<Record<string, ManyPattern>>, values: (name: string) => readonly string[]) =>
    Object.entries(patterns).every(([name, one]) => manyMatch(one, values(name), request))
  return (
    all(queryParameters, (name) => request.query.get(name) ?? []) &&
    all(headers, (name) => request.header(name)) &&
    all(cookies, (name) => request.cookies.get(name) ?? []) &&
    all(formParameters, (name) => request.form.get(name) ?? []) &&
    bodyPatterns.every((one) => valueMatches(one, request.bytes.length === 0 ? undefined : request.body, request))
  )
}

function addressMatches(request: Asked, { url, urlPattern, urlPath, urlPathPattern, urlPathTemplate, pathParameters = {} }: RequestPattern): boolean {
  if (url !== undefined) return url === request.url
  if (urlPattern !== undefined) return javaRegex(urlPattern).test(request.url)
  if (urlPath !== undefined) return urlPath === request.path
  if (urlPathPattern !== undefined) return javaRegex(urlPathPattern).test(request.path)
  if (urlPathTemplate === undefined) return true
  const variables = pathVariables(urlPathTemplate, request.path)
  return variables !== undefined && Object.entries(pathParameters).every(([name, one]) => valueMatches(one, variables[name], request))
}

/** One of several values is enough, unless all of them are asked about. */
function manyMatch(pattern: ManyPattern, values: readonly string[], request: Asked): boolean {
  if ('hasExactly' in pattern) return values.length === pattern.hasExactly.length && includesAll(pattern.hasExactly, values, request)
  if ('includes' in pattern) return includesAll(pattern.includes, values, request)
  return values.length === 0 ? valueMatches(pattern, undefined, request) : values.some((value) => valueMatches(pattern, value, request))
}

function includesAll(patterns: readonly ValuePattern[], values: readonly string[], request: Asked): boolean {
  return patterns.every((one) => values.some((value) => valueMatches(one, value, request)))
}

const basic = ({ username, password }: { username: string; password: string }): string => `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
