import type { DraftExample } from '../../../contracts/draft/draft.ts'
import { wiremock } from '../../../contracts/kit/wiremock.ts'
import type { Clock } from '../../../scenarios/kit/clock.ts'
import { createIds } from '../../kit/ids.ts'
import { type Asked, asked } from '../../kit/wiremock/asked.ts'
import { javaRegex } from '../../kit/wiremock/java-regex.ts'
import { type ManyPattern, matches } from '../../kit/wiremock/matches.ts'
import { render, rendered } from '../../kit/wiremock/render.ts'
import type { ValuePattern } from '../../kit/wiremock/value-matches.ts'
import type { Asking, Branch } from './operations.ts'
import { spokenOf } from './responses.ts'

/** Examples are told as of this moment. */
const NOON = Date.parse('2026-01-17T12:00:00Z')

/** A request for each mapping that can be reached with one, and its reply; what nobody is for, if there is no other. */
export function examplesOf(asking: Asking): DraftExample[] {
  const found = asking.branches.flatMap((branch) => {
    const example = exampleOf(asking, branch)
    return example === undefined ? [] : [example]
  })
  return found.length > 0 ? found : [{ name: 'unmatched', reply: { status: 404, body: wiremock().render({ kind: 'unknown-operation' }).body } }]
}

function exampleOf(asking: Asking, branch: Branch): DraftExample | undefined {
  const { mapping, pattern = {} } = branch
  const { queryParameters = {}, headers = {}, cookies = {}, basicAuth, bodyPatterns = [] } = pattern
  const query = valuesFor(queryParameters)
  const sent = valuesFor(headers)
  const jar = Object.entries(valuesFor(cookies)).map(([name, value]) => `${name}=${value}`)
  if (jar.length > 0) sent.cookie = jar.join('; ')
  if (basicAuth !== undefined) sent.authorization = `Basic ${Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString('base64')}`
  const body = bodyPatterns.length === 0 ? undefined : bodyFor(bodyPatterns)
  const params = paramsFor(asking, branch)
  const path = asking.path.replaceAll(/:(\w+)|\*/g, (_all, name = '*') => params[name] ?? '')
  const target = `${path}${Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`}`
  const request = askedFor(asking.method, target, sent, body)
  const first = asking.branches.find(
    (one) => (one.mapping.state?.required ?? 'Started') === 'Started' && (one.pattern === undefined || matches(request, one.pattern)),
  )
  if (first !== branch) return undefined
  return {
    name: mapping.name ?? `answers ${mapping.reply.status}`,
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(Object.keys(query).length === 0 ? {} : { query }),
    ...(Object.keys(sent).length === 0 ? {} : { headers: sent }),
    ...(body === undefined ? {} : { body }),
    reply: { status: mapping.reply.status, body: replyFor(asking, branch, request) },
  }
}

function askedFor(method: string, target: string, headers: Readonly<Record<string, string>>, body: unknown): Asked {
  const bytes = Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  const request = { method, target, rawHeaders: Object.entries(headers).flat(), body: bytes, tooLarge: false, gone: false }
  return asked({ request, clock: { now: () => NOON } as Clock, ids: createIds('examples') })
}

function replyFor(asking: Asking, { mapping: { reply, request: pattern } }: Branch, request: Asked): unknown {
  const { body, templated, parameters } = reply
  const options = {
    ...(pattern.urlPathTemplate === undefined ? {} : { urlPathTemplate: pattern.urlPathTemplate }),
    ...(parameters === undefined ? {} : { parameters }),
  }
  if (body.kind === 'bytes') return body.base64
  if (body.kind === 'text') return templated ? render(body.text, request, options) : body.text
  if (spokenOf(asking, reply.status).kind === 'text') return templated ? render(JSON.stringify(body.value), request, options) : JSON.stringify(body.value)
  return templated ? rendered(body.value, request, options) : body.value
}

const GUESSES = ['1', '42', '123', 'abc', 'ABC', 'a-b', 'test', 'some-value', '2026-01-17', '2026-01-17T12:00:00Z', '00000000-0000-4000-8000-000000000000']

function valuesFor(patterns: Readonly<Record<string, ManyPattern>>): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, pattern] of Object.entries(patterns)) {
    const value = valueFor('hasExactly' in pattern ? pattern.hasExactly[0] : 'includes' in pattern ? pattern.includes[0] : pattern)
    if (value !== undefined) values[name] = value
  }
  return values
}

function valueFor(pattern: ValuePattern | undefined): string | undefined {
  if (pattern === undefined || pattern.absent === true) return undefined
  const { equalTo, contains, matches: wanted, and, or } = pattern
  if (equalTo !== undefined) return equalTo
  if (contains !== undefined) return contains
  if (wanted !== undefined) return GUESSES.find((guess) => javaRegex(wanted).test(guess)) ?? wanted
  return and !== undefined || or !== undefined ? valueFor((and ?? or)?.[0]) : 'some-value'
}

/** A JSON body that holds what is expected of it; a text for what is expected of a text. */
function bodyFor(patterns: readonly ValuePattern[]): unknown {
  const json = patterns.find(({ equalToJson }) => equalToJson !== undefined)?.equalToJson
  if (json !== undefined)
    return JSON.parse(
      JSON.stringify(json)
        .replaceAll(/"\$\{json-unit\.any-number\}"/g, '1')
        .replaceAll(/\$\{json-unit\.[\w-]+\}/g, 'some-value'),
    )
  const body: Record<string, unknown> = {}
  for (const { matchesJsonPath } of patterns) {
    const expression = typeof matchesJsonPath === 'string' ? matchesJsonPath : matchesJsonPath?.expression
    const [, name] = /^\$\.(\w+)$/.exec(expression ?? '') ?? []
    if (name !== undefined) body[name] = typeof matchesJsonPath === 'object' ? valueFor(matchesJsonPath) : 'some-value'
  }
  return Object.keys(body).length > 0 ? body : patterns.map(valueFor).find((value) => value !== undefined)
}

/** Values for the parameters of the path, such that the mapping's own pattern takes it. */
function paramsFor({ segments, path }: Asking, { mapping: { request } }: Branch): Record<string, string> {
  const params: Record<string, string> = {}
  for (const segment of segments) if ('param' in segment) params[segment.param] = valueFor(request.pathParameters?.[segment.param]) ?? `some-${segment.param}`
  if (path.endsWith('*')) params['*'] = 'some-rest'
  const { urlPathPattern } = request
  if (urlPathPattern === undefined) return params
  const written = (one: Readonly<Record<string, string>>) => path.replaceAll(/:(\w+)|\*/g, (_all, name = '*') => one[name] ?? '')
  const tails = ['some-rest', ...GUESSES, ...(urlPathPattern.match(/[\w-]+$/) ?? []).map((tail) => `some-part/${tail}`)]
  const fits = tails
    .map((guess) => Object.fromEntries(Object.keys(params).map((name) => [name, guess])))
    .find((one) => javaRegex(urlPathPattern).test(written(one)))
  return fits ?? params
}
