import { type BoundDifference, boundDifferences } from './bounds.ts'
import { keeps } from './keeps.ts'
import { type Meaning, meaningOf, type Reading } from './meaning.ts'
import { memberDifferences } from './members.ts'
import type { Option } from './options.ts'
import { paired } from './pairs.ts'
import { readersIn } from './readers.ts'
import type { EvolutionRule } from './rules.ts'
import { listed, optionSays, saysOf } from './says.ts'

/** What differs between two schemas. */
export interface Difference {
  rule: EvolutionRule
  /** A JSON pointer into the value, with `*` for all of a list or a map. */
  pointer: string
  before: string
  after: string
  readBy: readonly string[]
}

/** A part of either schema that is still to be compared. */
export interface Below {
  step: string
  before: unknown
  after: unknown
}

interface Place {
  before: unknown
  after: unknown
  pointer: string
  /** Who reads what holds this. */
  holders: readonly string[]
  /** What was compared on the way here: what leads back to itself has been told. */
  trail: ReadonlySet<string>
}

/** A document with more places in one body is one that unfolds without end: from here on, the same two schemas are compared only once. */
const MANY = 2000

/** Every difference between two schemas, those nearest to the top first. */
export function differences(before: unknown, after: unknown, readings: readonly [Reading, Reading]): Difference[] {
  const found: Difference[] = []
  const seen = new Set<string>()
  const open: Place[] = [{ before, after, pointer: '', holders: [], trail: new Set() }]
  for (let at = 0; at < open.length; at += 1) {
    const place = open[at] as Place
    const [one, other] = [JSON.stringify(place.before), JSON.stringify(place.after)]
    const key = `${one}\n${other}`
    if ((one === other && !one?.includes('"$ref"')) || place.trail.has(key) || (at > MANY && seen.has(key))) continue
    seen.add(key)
    const { here, below, readers } = compared(place, readings)
    found.push(...here)
    const holders = [...place.holders, ...readers]
    const trail = new Set([...place.trail, key])
    open.push(...below.map(({ step, before, after }) => ({ before, after, holders, trail, pointer: `${place.pointer}/${escaped(step)}` })))
  }
  return together(found)
}

function compared({ before, after, pointer, holders }: Place, readings: readonly [Reading, Reading]) {
  const [old, young] = [meaningOf(before, readings[0]), meaningOf(after, readings[1])]
  const { pairs, lost, gained } = paired(old, young, readings)
  const within = pairs.map(([one, other]) => optionDifferences(one, other, readings[1].direction))
  const own = [...typeDifferences(old, young, lost, gained), ...within.flatMap(({ here }) => here)]
  const told = own.map(({ step, ...difference }): Difference => {
    const readers = step === undefined ? [before, after] : [step.before, step.after]
    const below = readers.flatMap((schema, side) => readersIn(schema, (readings[side] as Reading).document))
    const readBy = [...new Set([...holders, ...old.readBy, ...young.readBy, ...below])]
    return { ...difference, pointer: step === undefined ? pointer : `${pointer}/${escaped(step.step)}`, readBy }
  })
  return { here: told, below: within.flatMap(({ below }) => below), readers: [...old.readBy, ...young.readBy] }
}

/** A difference here, or of whether one of the parts is there at all. */
export interface OwnDifference {
  rule: EvolutionRule
  before: string
  after: string
  step?: Below
}

/** What can no longer be told from which option it came. */
function typeDifferences(before: Meaning, after: Meaning, lost: readonly Option[], gained: readonly Option[]): OwnDifference[] {
  const words = { before: saysOf(before), after: saysOf(after) }
  const [wasAnything, isAnything] = [before, after].map(({ options }) => options.some(({ kind }) => kind === 'anything'))
  if (wasAnything !== isAnything) return [{ rule: wasAnything ? 'type-narrowed' : 'type-widened', ...words }]
  if (isNullAlone(before) ? !after.nullable : isNullAlone(after) && !before.nullable) return [{ rule: 'type-changed', ...words }]
  const rule = lost.length > 0 && gained.length > 0 ? 'type-changed' : lost.length > 0 ? 'type-narrowed' : gained.length > 0 ? 'type-widened' : undefined
  return [
    ...(rule === undefined ? [] : [{ rule, ...words } as const]),
    ...(before.nullable === after.nullable ? [] : [{ rule: after.nullable ? 'null-added' : 'null-removed', ...words } as const]),
  ]
}

const isNullAlone = ({ options, nullable }: Meaning): boolean => options.length === 0 && nullable

function optionDifferences(before: Option, after: Option, direction: Reading['direction']): { here: OwnDifference[]; below: Below[] } {
  if (before.kind === 'object' && after.kind === 'object') {
    const { here, below } = memberDifferences(before, after, direction)
    return { here: [...here, ...boundDifferences(before.bounds, after.bounds)], below }
  }
  if (before.kind === 'list' && after.kind === 'list') {
    return { here: boundDifferences(before.bounds, after.bounds), below: [{ step: '*', before: before.of, after: after.of }] }
  }
  return { here: plainDifferences(before, after), below: [] }
}

function plainDifferences(before: Option, after: Option): OwnDifference[] {
  const words = { before: optionSays(before), after: optionSays(after) }
  if (before.kind === 'values' && after.kind === 'values') return valueDifferences(before.values, after.values)
  if (before.kind === 'values') return [{ rule: 'value-added', ...words }, ...strangers('value-removed', before.values, after)]
  if (after.kind === 'values') return [{ rule: 'value-removed', ...words }, ...strangers('value-added', after.values, before)]
  if (before.kind === 'text' && after.kind === 'text') return boundDifferences(before.bounds, after.bounds)
  if (before.kind !== 'number' || after.kind !== 'number') return []
  const bounds: BoundDifference[] = boundDifferences(before.bounds, after.bounds)
  return before.whole === after.whole ? bounds : [{ rule: after.whole ? 'type-narrowed' : 'type-widened', ...words }, ...bounds]
}

function valueDifferences(before: readonly unknown[], after: readonly unknown[]): OwnDifference[] {
  return [...strangers('value-removed', before, { kind: 'values', values: after }), ...strangers('value-added', after, { kind: 'values', values: before })]
}

/** The values of one version that the other does not let through. */
function strangers(rule: 'value-removed' | 'value-added', values: readonly unknown[], other: Option): OwnDifference[] {
  const strange = values.filter((value) => !keeps(value, other))
  if (strange.length === 0) return []
  const [before, after] = rule === 'value-removed' ? [listed(strange), 'not allowed'] : ['not allowed', listed(strange)]
  return [{ rule, before, after }]
}

/** One difference a place and rule: a text may be bound in more than one way. */
function together(all: readonly Difference[]): Difference[] {
  const known = new Map<string, Difference>()
  for (const one of all) {
    const key = `${one.pointer}\n${one.rule}`
    const other = known.get(key)
    known.set(
      key,
      other === undefined
        ? one
        : { ...other, before: joined(other.before, one.before), after: joined(other.after, one.after), readBy: [...new Set([...other.readBy, ...one.readBy])] },
    )
  }
  return [...known.values()]
}

const joined = (one: string, other: string): string => (one.split('; ').includes(other) ? one : `${one}; ${other}`)
const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1')
