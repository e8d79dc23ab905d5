import { idForm } from '../../drift/shape/id-form.ts'
import { Shape } from '../../drift/shape.ts'
import { writeJson } from '../../kit/json.ts'
import type { Sample } from './sample.ts'

/** Samples that are thought to be of one operation; `undefined` stands where their paths vary. */
export interface PathGroup {
  method: Sample['method']
  segments: readonly (string | undefined)[]
  /** The operation that the recording names. */
  operation: string | undefined
  samples: readonly Sample[]
  /** What is not certain about it. */
  guess?: string
}

/** Samples by the operation they seem to be of: by its name, else by what looks like an id, else by what is answered alike. */
export function pathGroups(samples: readonly Sample[]): PathGroup[] {
  let groups = joined(samples.map(groupOf))
  const longest = Math.max(0, ...groups.map(({ segments }) => segments.length))
  // Never the first segment: `/health`, `/ready` and `/live` are three operations, however alike.
  for (let at = 1; at < longest; at += 1) groups = [...siblingsOf(groups, at).values()].flatMap((siblings) => together(siblings, at))
  return joined(withKnownIds(groups))
}

function groupOf(sample: Sample): PathGroup {
  const { method, operation, path } = sample
  return { method, operation, segments: segmentsOf(path).map((segment) => (isId(segment) ? undefined : segment)), samples: [sample] }
}

export const segmentsOf = (path: string): string[] => path.split('/').slice(1)

/** Paths are written in lower case, ids in any; versions are numbered; and a colon or a star means something in a path of ours. */
function isId(segment: string): boolean {
  const text = unescaped(segment)
  return idForm(text) !== undefined || /[:*]|^(?!V\d)[A-Z][A-Z\d_.-]{2,}$|^\d+(?:\.\d+)+/.test(text)
}

export function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** One group for each address, or for each operation that has a name: then its paths vary wherever they differ. */
function joined(groups: readonly PathGroup[]): PathGroup[] {
  const byKey = new Map<string, PathGroup & { samples: Sample[] }>()
  for (const group of groups) {
    const { method, segments, operation } = group
    const key = JSON.stringify(operation === undefined ? [method, blanks(segments)] : [method, segments.length, operation])
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, { ...group, samples: [...group.samples] })
    else {
      known.samples.push(...group.samples)
      known.segments = known.segments.map((segment, at) => (segment === segments[at] ? segment : undefined))
    }
  }
  return [...byKey.values()]
}

/** JSON has no `undefined`; no segment is `null`. */
const blanks = (segments: PathGroup['segments']): (string | null)[] => segments.map((segment) => segment ?? null)

/** Groups that differ in one segment alone. */
function siblingsOf(groups: readonly PathGroup[], at: number): Map<string, PathGroup[]> {
  const siblings = new Map<string, PathGroup[]>()
  for (const group of groups) {
    const { method, operation = null, segments } = group
    const key = JSON.stringify([method, operation, blanks(at < segments.length ? segments.with(at, '') : segments)])
    const known = siblings.get(key)
    if (known === undefined) siblings.set(key, [group])
    else known.push(group)
  }
  return siblings
}

/** Three values may be three operations; three that are answered alike are one. */
const VALUES = 3

/** What is found beside what is missing, and what is answered alike, is of one operation. */
function together(siblings: readonly PathGroup[], at: number): readonly PathGroup[] {
  if (siblings.length < 2 || siblings[0]?.operation !== undefined) return siblings
  const varying = siblings.filter(({ segments }) => segments[at] === undefined)
  const fixed = siblings.filter(({ segments }) => segments[at] !== undefined)
  const missing = fixed.filter((group) => isMissing(group, at))
  const found = fixed.filter((group) => !missing.includes(group))
  if (fixed.length >= VALUES && found.length > 1 && answeredAlike(found))
    return [merged(siblings, at, `${shown(fixed, at)} stand in one place of the path and are answered alike`)]
  if (missing.length === 0) return siblings
  if (varying.length > 0) return [...found, merged([...varying, ...missing], at)]
  if (found.length === 1) return [merged(siblings, at, `${shown(found, at)} was found where ${shown(missing, at)} was not`)]
  return siblings
}

function merged(groups: readonly PathGroup[], at: number, guess?: string): PathGroup {
  const [first] = groups as [PathGroup]
  return {
    ...first,
    segments: first.segments.with(at, undefined),
    samples: groups.flatMap(({ samples }) => samples),
    ...(guess === undefined ? {} : { guess }),
  }
}

function shown(groups: readonly PathGroup[], at: number): string {
  const values = groups.map(({ segments }) => segments[at])
  return `${values.slice(0, VALUES).join(', ')}${values.length > VALUES ? ', …' : ''}`
}

/**
 * The service knows the address, but not the thing: otherwise it would say what it says of any path that it does not know.
 * Where the path varies elsewhere too, what is missing may be the other thing.
 */
function isMissing({ segments, samples }: PathGroup, at: number): boolean {
  if (segments.some((segment, place) => segment === undefined && place !== at)) return false
  return samples.every(({ reply }) => reply.status === 404 && writeJson(reply.value, true) !== '{"detail":"Not Found"}')
}

/** Each has most of the members that all have together, however deep. */
function answeredAlike(groups: readonly PathGroup[]): boolean {
  const places = groups.map(({ samples }) => {
    const shape = new Shape()
    for (const { reply } of samples) if (reply.status < 300 && typeof reply.value === 'object' && reply.value !== null) shape.learn(reply.value)
    return new Set(placesIn(shape, '', 3))
  })
  const all = new Set(places.flatMap((some) => [...some]))
  return all.size > 0 && places.every((some) => some.size >= all.size * 0.6)
}

function placesIn(shape: Shape, at: string, depth: number): string[] {
  if (depth === 0) return []
  const elements = shape.element === undefined ? [] : placesIn(shape.element, `${at}/*`, depth)
  return [...[...shape.members].flatMap(([name, member]) => [`${at}/${name}`, ...placesIn(member, `${at}/${name}`, depth - 1)]), ...elements]
}

/** What varies in one operation's path is an id in another's: `DELETE /users/asha`, where `GET /users/:user_id` was seen with `asha`. */
function withKnownIds(groups: readonly PathGroup[]): PathGroup[] {
  const ids = new Set(
    groups.flatMap(({ segments, samples }) =>
      samples.flatMap(({ path }) => segments.flatMap((segment, at) => (segment === undefined ? [placeOf(segments, at, segmentsOf(path)[at])] : []))),
    ),
  )
  return groups.map((group) => {
    if (group.operation !== undefined) return group
    const segments: (string | undefined)[] = []
    for (const [at, segment] of group.segments.entries()) segments.push(segment !== undefined && ids.has(placeOf(segments, at, segment)) ? undefined : segment)
    return { ...group, segments }
  })
}

const placeOf = (segments: PathGroup['segments'], at: number, value: string | undefined): string =>
  JSON.stringify([blanks(segments.slice(0, at)), value ?? null])
