import { isJson, type Json, jsonOf } from './document.ts'

/** One way of several in which a body may be written. */
export interface Media {
  type: string
  as: 'json' | 'form' | 'text' | 'bytes'
  media: Json
}

/** The way that a contract can tell best: JSON before a form, a form before text. */
export function mediaOf(content: unknown): { chosen: Media | undefined; others: readonly string[] } {
  const ways = Object.entries(jsonOf(content)).map(([type, media]): Media => ({ type, as: kindOf(type), media: isJson(media) ? media : {} }))
  const chosen = (['json', 'form', 'text', 'bytes'] as const).flatMap((as) => ways.filter((way) => way.as === as))[0]
  return { chosen, others: ways.filter((way) => way !== chosen).map(({ type }) => type) }
}

function kindOf(type: string): Media['as'] {
  const bare = type.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (bare === '*/*' || bare === 'application/*' || /^application\/(?:[\w.+-]+\+)?json$/.test(bare)) return 'json'
  if (bare === 'application/x-www-form-urlencoded') return 'form'
  return bare.startsWith('text/') ? 'text' : 'bytes'
}
