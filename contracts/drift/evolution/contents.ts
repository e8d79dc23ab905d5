import { isJson, jsonOf } from '../../draft/openapi/document.ts'
import type { EvolutionRule } from './rules.ts'

export interface Contents {
  /** Content types that are there on one side only. */
  only: readonly { rule: Extract<EvolutionRule, 'content-type-removed' | 'content-type-added'>; before: string; after: string }[]
  /** The schemas of those that are on both. */
  pairs: readonly { type: string; before: unknown; after: unknown }[]
}

/** Which content types of a body have gone and come, and what to compare of the others. */
export function contentsOf(before: unknown, after: unknown): Contents {
  const [old, young] = [typesOf(before), typesOf(after)]
  const words = { before: [...old.keys()].join(', ') || 'no body', after: [...young.keys()].join(', ') || 'no body' }
  const removed = [...old.keys()].some((type) => cover(young, type) === undefined)
  const added = [...young.keys()].some((type) => cover(old, type) === undefined)
  return {
    only: [...(removed ? [{ rule: 'content-type-removed', ...words } as const] : []), ...(added ? [{ rule: 'content-type-added', ...words } as const] : [])],
    pairs: [...old].flatMap(([type, schema]) => {
      const found = cover(young, type)
      return found === undefined ? [] : [{ type, before: schema, after: young.get(found) }]
    }),
  }
}

/** Whether there is a body at all. */
export const isEmpty = (content: unknown): boolean => typesOf(content).size === 0

/** What counts is the type; which letters are used is not told apart. */
function typesOf(content: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(jsonOf(content)).map(([type, media]) => [type.split(';', 1)[0]?.trim().toLowerCase() ?? '', isJson(media) ? (media.schema ?? {}) : {}]),
  )
}

/** The name under which a type is taken: its own, or a range. */
function cover(types: ReadonlyMap<string, unknown>, type: string): string | undefined {
  return [type, `${type.split('/', 1)[0]}/*`, '*/*'].find((name) => types.has(name))
}
