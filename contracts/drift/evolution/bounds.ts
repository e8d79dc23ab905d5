import { type Json, listOf, textOf } from '../../draft/openapi/document.ts'

/** What is asked for besides the type. `least` and `most` are of a number itself, or of how much there is of a text, a list or an object. */
export interface Bounds {
  least?: Edge
  most?: Edge
  step?: number
  unique?: boolean
  formats: readonly string[]
  patterns: readonly string[]
}

interface Edge {
  at: number
  /** The edge itself is not within. */
  open: boolean
}

/** The bounds of a number; those that every number of JSON keeps are none. */
export function numberBounds(schema: Json, whole: boolean): Bounds {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema
  const least = inner(
    [
      edge(minimum, exclusiveMinimum === true, whole, 1),
      edge(exclusiveMinimum, true, whole, 1),
      ...(format === 'int32' ? [{ at: -(2 ** 31), open: false }] : []),
    ],
    1,
  )
  const most = inner(
    [
      edge(maximum, exclusiveMaximum === true, whole, -1),
      edge(exclusiveMaximum, true, whole, -1),
      ...(format === 'int32' ? [{ at: 2 ** 31 - 1, open: false }] : []),
    ],
    -1,
  )
  return {
    ...(least === undefined || least.at <= Number.MIN_SAFE_INTEGER ? {} : { least }),
    ...(most === undefined || most.at >= Number.MAX_SAFE_INTEGER ? {} : { most }),
    ...(isNumber(multipleOf) && multipleOf > 0 && !(whole && multipleOf === 1) ? { step: multipleOf } : {}),
    ...{ formats: [], patterns: [] },
  }
}

/** The bounds of what has a length. */
export function lengthBounds(schema: Json, what: 'Length' | 'Items' | 'Properties'): Bounds {
  const [least, most] = [schema[`min${what}`], schema[`max${what}`]]
  const format = what === 'Length' ? textOf(schema.format) : undefined
  const pattern = what === 'Length' ? textOf(schema.pattern) : undefined
  return {
    ...(isNumber(least) && least > 0 ? { least: { at: least, open: false } } : {}),
    ...(isNumber(most) ? { most: { at: most, open: false } } : {}),
    ...(what === 'Items' && schema.uniqueItems === true ? { unique: true } : {}),
    ...{ formats: listOf(format === undefined ? [] : [format]) as string[], patterns: pattern === undefined ? [] : [pattern] },
  }
}

/** What keeps both. */
export function bothBounds(one: Bounds, other: Bounds): Bounds {
  const least = inner([one.least, other.least], 1)
  const most = inner([one.most, other.most], -1)
  const step = one.step === undefined || other.step === undefined ? (one.step ?? other.step) : Math.max(one.step, other.step)
  return {
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(step === undefined ? {} : { step }),
    ...(one.unique || other.unique ? { unique: true } : {}),
    formats: together(one.formats, other.formats),
    patterns: together(one.patterns, other.patterns),
  }
}

export interface BoundDifference {
  rule: 'bound-narrowed' | 'bound-widened' | 'bound-changed'
  before: string
  after: string
}

/** How the bounds of one thing have changed. */
export function boundDifferences(before: Bounds, after: Bounds): BoundDifference[] {
  return [
    ...moved(narrowness(before.least, after.least, 1), edgeWords(before.least, 'least'), edgeWords(after.least, 'least')),
    ...moved(narrowness(before.most, after.most, -1), edgeWords(before.most, 'most'), edgeWords(after.most, 'most')),
    ...moved(stepNarrowness(before.step, after.step), stepWords(before.step), stepWords(after.step)),
    ...moved(Number(after.unique ?? false) - Number(before.unique ?? false), uniqueWords(before.unique), uniqueWords(after.unique)),
    ...moved(setNarrowness(before.formats, after.formats), setWords('format', before.formats), setWords('format', after.formats)),
    ...moved(setNarrowness(before.patterns, after.patterns), setWords('pattern', before.patterns), setWords('pattern', after.patterns)),
  ]
}

/** Above 0 it is narrower, below it is wider; NaN where it is neither. */
function moved(narrower: number, before: string, after: string): BoundDifference[] {
  if (narrower === 0) return []
  return [{ rule: Number.isNaN(narrower) ? 'bound-changed' : narrower > 0 ? 'bound-narrowed' : 'bound-widened', before, after }]
}

function narrowness(before: Edge | undefined, after: Edge | undefined, inwards: 1 | -1): number {
  if (before === undefined || after === undefined) return Number(after !== undefined) - Number(before !== undefined)
  return (after.at - before.at) * inwards || Number(after.open) - Number(before.open)
}

function stepNarrowness(before: number | undefined, after: number | undefined): number {
  if (before === after) return 0
  if (before === undefined || after === undefined) return after === undefined ? -1 : 1
  return after % before === 0 ? 1 : before % after === 0 ? -1 : Number.NaN
}

function setNarrowness(before: readonly string[], after: readonly string[]): number {
  const lost = before.some((one) => !after.includes(one))
  const gained = after.some((one) => !before.includes(one))
  return lost && gained ? Number.NaN : Number(gained) - Number(lost)
}

/** A bound in a few words, `any` where there is none. */
function edgeWords(edge: Edge | undefined, end: 'least' | 'most'): string {
  if (edge === undefined) return 'any'
  if (edge.open) return `${end === 'least' ? 'above' : 'below'} ${edge.at}`
  return `at ${end} ${edge.at}`
}

const stepWords = (step: number | undefined): string => (step === undefined ? 'any' : `a multiple of ${step}`)
const uniqueWords = (unique: boolean | undefined): string => (unique ? 'nothing twice' : 'any')
const setWords = (name: string, all: readonly string[]): string => (all.length === 0 ? `any ${name}` : `${name} ${all.join(' and ')}`)

function edge(value: unknown, open: boolean, whole: boolean, inwards: 1 | -1): Edge | undefined {
  if (!isNumber(value)) return undefined
  return whole && open ? { at: value + inwards, open: false } : { at: value, open }
}

/** The one that lets least through. */
function inner(edges: readonly (Edge | undefined)[], inwards: 1 | -1): Edge | undefined {
  return edges.reduce((one, other) => (one === undefined || (other !== undefined && narrowness(one, other, inwards) > 0) ? other : one), undefined)
}

const together = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])].sort()
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
