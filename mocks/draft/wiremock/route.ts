import { identifier } from '../../../contracts/draft/identifier.ts'
import type { RequestPattern } from '../../kit/wiremock/matches.ts'

export type Segment = { literal: string } | { param: string } | { rest: true }

/** An address of ours that takes every request of a mapping. */
export interface Route {
  segments: readonly Segment[]
  /** It takes no other: the mapping's own pattern need not be asked again. */
  exact: boolean
}

/** The addresses under which a mapping's requests arrive. A regular expression becomes parameters, or `*` from where it may take a slash. */
export function routesOf({ url, urlPath, urlPattern, urlPathPattern, urlPathTemplate, pathParameters }: RequestPattern): Route[] {
  if (urlPath !== undefined) return [literalRoute(urlPath)]
  if (url !== undefined) return [{ ...literalRoute(url.replace(/\?.*$/s, '')), exact: false }]
  if (urlPathTemplate !== undefined) {
    const route = templateRoute(urlPathTemplate)
    return [{ ...route, exact: route.exact && pathParameters === undefined }]
  }
  if (urlPathPattern !== undefined) return regexRoutes(urlPathPattern)
  if (urlPattern !== undefined) return regexRoutes(urlPattern.replace(/(?:\\\?|\[\?\]).*$/s, '')).map((route) => ({ ...route, exact: false }))
  return [{ segments: [{ rest: true }], exact: true }]
}

export function pathOf(segments: readonly Segment[]): `/${string}` {
  return `/${segments.map((segment) => ('literal' in segment ? segment.literal : 'param' in segment ? `:${segment.param}` : '*')).join('/')}`
}

/** Whether a request that arrives under the first may be one of the second's. */
export function overlaps(one: readonly Segment[], other: readonly Segment[]): boolean {
  for (let at = 0; ; at += 1) {
    const [left, right] = [one[at], other[at]]
    if (left !== undefined && 'rest' in left) return true
    if (right !== undefined && 'rest' in right) return true
    if (left === undefined || right === undefined) return left === right
    // A fixed part stands before a parameter: who arrives under the parameter said something else.
    if ('literal' in right && !('literal' in left && left.literal === right.literal)) return false
  }
}

function literalRoute(path: string): Route {
  const name = paramNamer()
  const texts = path.split('/').slice(1)
  const segments = texts.map((text, at): Segment => (isPlain(text) ? { literal: text } : { param: name(texts[at - 1]) }))
  return { segments, exact: segments.every((segment) => 'literal' in segment) }
}

function templateRoute(template: string): Route {
  const name = paramNamer()
  let exact = true
  const segments = template
    .split('/')
    .slice(1)
    .map((text): Segment => {
      const [, variable] = /^\{([A-Za-z_]\w*)\}$/.exec(text) ?? []
      if (variable !== undefined) return { param: name(undefined, variable) }
      if (isPlain(text)) return { literal: text }
      exact = false
      return { param: name(undefined, text.replaceAll(/\W+/g, '_').replaceAll(/^_|_$/g, '')) }
    })
  return { segments, exact }
}

function regexRoutes(pattern: string): Route[] {
  const source = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')
  const texts = source.startsWith('/') && !hasBar(source) ? splitSegments(source.slice(1)) : undefined
  if (texts === undefined) return [{ segments: [{ rest: true }], exact: false }]
  const name = paramNamer()
  const segments: Segment[] = []
  let exact = true
  for (const [at, text] of texts.entries()) {
    const last = at === texts.length - 1
    const literal = unescaped(text)
    const before = texts[at - 1]
    const optional = /^([\w-]*)\(\??:?\/|^([\w-]+)\/[?*]/.exec(text)
    if (literal !== undefined && isPlain(literal)) segments.push({ literal })
    else if (optional !== null) {
      // What may follow begins with a slash: without it the path ends here.
      const upTo: Segment[] = [...segments, { literal: optional[1] ?? optional[2] ?? '' }]
      return [
        { segments: upTo, exact: false },
        { segments: [...upTo, { rest: true }], exact: false },
      ]
    } else if (mayTakeSlash(text)) return [{ segments: [...segments, { rest: true }], exact: exact && last && /^\(?\.\*\)?$/.test(text) }]
    else {
      exact &&= /^\(?\[\^\/\]\+\)?$/.test(text)
      segments.push({ param: name(before === undefined ? undefined : unescaped(before)) })
    }
  }
  return [{ segments, exact }]
}

/** At slashes that stand alone: not in a group, not in a class, not repeated. */
function splitSegments(source: string): string[] {
  const texts = ['']
  let depth = 0
  let inClass = false
  for (const [token] of source.matchAll(/\\[\s\S]|[\s\S]/g)) {
    const slash = token === '/' || token === '\\/'
    if (inClass) inClass = token !== ']'
    else if (token === '[') inClass = true
    else if (token === '(') depth += 1
    else if (token === ')') depth -= 1
    if (slash && depth === 0 && !inClass) texts.push('')
    else texts[texts.length - 1] += token
  }
  return joinedAtQuantifiers(texts)
}

/** A slash that may be there or not belongs to the part before it. */
function joinedAtQuantifiers(texts: readonly string[]): string[] {
  const joined: string[] = []
  for (const text of texts) {
    if (/^[?*+{]/.test(text) && joined.length > 0) joined[joined.length - 1] += `/${text}`
    else joined.push(text)
  }
  return joined
}

/** An alternative for the whole of it. */
function hasBar(source: string): boolean {
  let depth = 0
  for (const [token] of source.matchAll(/\\[\s\S]|\[(?:\\.|[^\]])*\]|[\s\S]/g)) {
    if (token === '(') depth += 1
    else if (token === ')') depth -= 1
    else if (token === '|' && depth === 0) return true
  }
  return false
}

/** The text that a part without anything special stands for. */
function unescaped(text: string): string | undefined {
  const plain = text.replaceAll(/\\([^\w])/g, '$1')
  return /[[\](){}*+?^$|\\]/.test(text.replaceAll(/\\[^\w]/g, '')) || /(?<!\\)\./.test(text) ? undefined : plain
}

function mayTakeSlash(text: string): boolean {
  const outside = text.replaceAll(/\\\./g, '').replaceAll(/\[\^[^\]]*\/[^\]]*\]/g, '')
  return /\.|\\[SDWHV]|\[\^|\//.test(outside.replaceAll(/\[(?!\^)[^\]/]*\]/g, ''))
}

const isPlain = (text: string): boolean => /^[\w.~!$&'()+,;=@-]*$/.test(text) && !/\(.*\)/.test(text)

function paramNamer(): (before: string | undefined, wanted?: string) => string {
  const given = new Set<string>()
  return (before, wanted) => {
    const noun = identifier(before ?? '', '')
      .replace(/ies$/, 'y')
      .replace(/(?<=[^s])s$/, '')
    const base = wanted || (noun === '' ? 'part' : `${noun}_id`)
    let name = base
    for (let number = 2; given.has(name); number += 1) name = `${base}_${number}`
    given.add(name)
    return name
  }
}
