import { slips } from '../nearest.ts'
import { meant } from './look-alikes.ts'

/** How far a path is from an operation's, and which values its parameters would have. */
export interface PathDistance {
  /** 0 for a path that the operation has, 1 for one that shares nothing with it. */
  distance: number
  params: Readonly<Record<string, string>>
}

/** A base URL that stands where only a path belongs, with or without a slash before it. */
export const URL_START = /^\/?https?:\/{1,2}[^/]*(?=\/)/i

const NONE: PathDistance = { distance: 1, params: {} }

/** What stands before most paths says little about which operation was meant: `api`, `v1`. */
const PREFIX = /^(?:api|v\d+)$/
const weightOf = (segment: string): number => (segment === '' ? 0.05 : PREFIX.test(segment) ? 0.25 : 1)
/** A gateway may put a service below a path of its own. */
const BEFORE = 0.3

/** A parameter takes anything, but a word that is the same is nearer. */
const PARAMETER = 0.05
/** Two neighbours that stand the wrong way round. */
const SWAPPED = 0.4
/** A path of so many more segments is not looked at. */
const MANY = 12

/** One cell of the matrix: what it cost to come here, and the parameters on the way. */
interface Way {
  cost: number
  params: Link | undefined
}

interface Link {
  name: string
  value: string
  before: Link | undefined
}

/**
 * The edit distance of two paths by segments, and within a segment by letters: something too much or missing, a slip, another version,
 * a slash at the end, and what only looks the same.
 */
export function pathDistance(asked: string, template: string): PathDistance {
  const came = segmentsOf(asked)
  const wanted = template.split('/').slice(1)
  if (came.length > wanted.length + MANY) return NONE
  // The root is in front of every path, and meant by none of them.
  if (template === '/') return asked === '/' ? { distance: 0, params: {} } : NONE
  let before: Way[] = []
  let above: Way[] = [{ cost: 0, params: undefined }]
  for (const segment of came) above.push(plus(above.at(-1) as Way, Math.min(BEFORE, weightOf(segment))))
  for (const [i, pattern] of wanted.entries()) {
    const row: Way[] = [missing(above[0] as Way, pattern)]
    for (const [j, segment] of came.entries()) {
      const ways = [step(above[j] as Way, pattern, segment), missing(above[j + 1] as Way, pattern), tooMuch(row[j] as Way, pattern, segment)]
      if (i > 0 && j > 0) ways.push(swapped(before[j - 1] as Way, [wanted[i - 1] as string, wanted[i] as string], [came[j] as string, came[j - 1] as string]))
      row.push(ways.reduce((best, way) => (way.cost < best.cost ? way : best)))
    }
    before = above
    above = row
  }
  const { cost, params } = above[came.length] as Way
  return { distance: Math.min(1, cost / Math.max(weigh(wanted), 1)), params: named(params) }
}

/** Of a whole URL, where one came, as a proxy is asked. */
const segmentsOf = (path: string): string[] => path.replace(URL_START, '').replace(/^\//, '').split('/').map(decoded)

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** What is the same in both is what tells: a parameter is the same as anything. */
const weigh = (wanted: readonly string[]): number => wanted.reduce((sum, pattern) => sum + (nameOf(pattern) === undefined ? weightOf(pattern) : 0.3), 0)

const plus = ({ cost, params }: Way, more: number): Way => ({ cost: cost + more, params })

function step(way: Way, pattern: string, segment: string): Way {
  const name = nameOf(pattern)
  if (name === undefined) return plus(way, Math.max(weightOf(pattern), weightOf(segment)) * unlike(pattern, segment))
  if (segment === '') return plus(way, 1)
  return { cost: way.cost + PARAMETER, params: { name, value: segment, before: way.params } }
}

/** Of a parameter, or of the rest of a path. */
const nameOf = (pattern: string): string | undefined => (pattern === '*' ? '*' : /^:(\w+)/.exec(pattern)?.[1])

const missing = (way: Way, pattern: string): Way => plus(way, weightOf(pattern))

/** What follows a star belongs to it. */
function tooMuch(way: Way, pattern: string, segment: string): Way {
  if (pattern !== '*' || way.params?.name !== '*') return plus(way, weightOf(segment))
  return { cost: way.cost, params: { ...way.params, value: `${way.params.value}/${segment}` } }
}

/** Two segments that are those of the operation, one for the other; a parameter is known by the word beside it. */
function swapped(way: Way, wanted: readonly [string, string], came: readonly [string, string]): Way {
  const known = wanted.filter((pattern, at) => nameOf(pattern) === undefined && unlike(pattern, came[at] as string) < 0.2)
  const fits = known.length > 0 && wanted.every((pattern, at) => step(way, pattern, came[at] as string).cost - way.cost < 0.2)
  return fits ? plus(step(step(way, wanted[0], came[0]), wanted[1], came[1]), SWAPPED) : plus(way, 10)
}

/** 0 for the same word, 1 for another one. */
function unlike(word: string, segment: string): number {
  if (word === segment) return 0
  if (segment.length > 64) return 1
  const [one, other] = [bare(word), bare(meant(segment))]
  if (one === other) return 0.1
  const share = slips(one, other) / Math.max(one.length, other.length, 1)
  return share > 0.4 ? 1 : 0.1 + share
}

const bare = (word: string): string => word.toLowerCase().replaceAll(/[-_.]/g, '')

function named(last: Link | undefined): Record<string, string> {
  const params: Record<string, string> = {}
  for (let link = last; link !== undefined; link = link.before) params[link.name] = link.value
  return params
}
