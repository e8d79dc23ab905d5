import type { Objects } from './sampled-schema.ts'

/** Objects of several kinds, and the member whose word tells which. */
export interface Kinds {
  member: string
  groups: { words: string[]; objects: Objects }[]
}

/** A member whose text decides which other members there are, if one does. */
export function kindsOf(objects: Objects): Kinds | undefined {
  const presence = presenceIn(objects)
  const loose = [...presence].filter(([, times]) => times < objects.length).map(([name]) => name)
  if (loose.length === 0) return undefined
  const candidates = [...presence].filter(([, times]) => times === objects.length).map(([name]) => name)
  const judged = candidates.flatMap((member) => judge(objects, member, loose) ?? [])
  return judged.sort((one, other) => other.decided - one.decided || one.kinds.groups.length - other.kinds.groups.length)[0]?.kinds
}

/** More words are a name, not a kind. */
const WORDS = 12
/** What happens twice to two kinds is no accident; once may be. */
const OFTEN = 2

function judge(objects: Objects, member: string, loose: readonly string[]): { kinds: Kinds; decided: number } | undefined {
  const byWord = new Map<string, Record<string, unknown>[]>()
  for (const object of objects) {
    const word = object[member]
    if (typeof word !== 'string' || !/^[A-Za-z][\w.-]{0,39}$/.test(word)) return undefined
    const known = byWord.get(word)
    if (known !== undefined) known.push(object)
    else if (byWord.size === WORDS) return undefined
    else byWord.set(word, [object])
  }
  if ([...byWord.values()].filter((some) => some.length >= OFTEN).length < 2) return undefined
  const groups = merged(byWord, loose)
  const decided = loose.filter((name) =>
    isDecided(
      name,
      groups.map(({ objects }) => objects),
    ),
  )
  return groups.length < 2 || decided.length * 2 < loose.length || decided.length === 0 ? undefined : { kinds: { member, groups }, decided: decided.length }
}

/** Words whose objects may have the same members are one kind. */
function merged(byWord: ReadonlyMap<string, Objects>, loose: readonly string[]): Kinds['groups'] {
  const groups = new Map<string, { words: string[]; objects: Record<string, unknown>[] }>()
  for (const [word, objects] of byWord) {
    const key = loose.filter((name) => objects.some((object) => Object.hasOwn(object, name))).join(',')
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { words: [word], objects: [...objects] })
    else {
      known.words.push(word)
      known.objects.push(...objects)
    }
  }
  return [...groups.values()]
}

/** Always there in some kinds, never in the others; and of each sort one was seen often enough. */
function isDecided(name: string, groups: readonly Objects[]): boolean {
  const times = groups.map((objects) => objects.filter((object) => Object.hasOwn(object, name)).length)
  const always = (at: number) => times[at] === groups[at]?.length
  const never = (at: number) => times[at] === 0
  if (!groups.every((_, at) => always(at) || never(at))) return false
  return [always, never].every((is) => groups.some((objects, at) => is(at) && objects.length >= OFTEN))
}

function presenceIn(objects: Objects): Map<string, number> {
  const presence = new Map<string, number>()
  for (const object of objects) for (const name of Object.keys(object)) presence.set(name, (presence.get(name) ?? 0) + 1)
  return presence
}
