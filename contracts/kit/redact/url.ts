import type { Eraser } from './eraser.ts'
import type { Schemas } from './marks.ts'
import { unescaped } from './pseudonym.ts'
import { redactQuery } from './query.ts'

/** What a contract says about a URL. */
export interface UrlKnowledge {
  /** Names of the segments of the path that are parameters, by their position. */
  params?: ReadonlyMap<number, string>
  query?: Schemas
}

/** Rewrites a URL part by part, whole or without its host. */
export function redactUrl(url: string, eraser: Eraser, place: string, { params, query: schemas }: UrlKnowledge = {}): string {
  const [, origin = '', path = '', query, fragment] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(url) ?? []
  const made = [
    origin === '' ? '' : eraser.text(`${origin}/`, { place: `${place} url` }).slice(0, -1),
    path
      .split('/')
      .map((segment, at, all) =>
        redactSegment(segment, eraser, { name: params?.get(at) ?? unescaped(all[at - 1] ?? ''), place: `${place} path`, param: params?.has(at) === true }),
      )
      .join('/'),
    query === undefined ? '' : `?${redactQuery(query, eraser, `${place} query`, schemas)}`,
    fragment === undefined ? '' : `#${redactQuery(fragment, eraser, `${place} fragment`)}`,
  ].join('')
  // Some secrets have slashes in them.
  return eraser.text(made, { place: `${place} url` })
}

interface Segment {
  name: string
  place: string
  /** The name is a parameter's, not that of the segment before. */
  param: boolean
}

function redactSegment(segment: string, eraser: Eraser, { name, place, param }: Segment): string {
  if (segment === '') return segment
  const value = unescaped(segment)
  const spot = { name: param ? name : undefined, place }
  const made = param ? eraser.named(value, spot) : eraser.following(value, { name, place })
  return made === value ? segment : encodeURIComponent(made)
}
