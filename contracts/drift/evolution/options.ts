import { isJson, listOf } from '../../draft/openapi/document.ts'
import { type Bounds, bothBounds } from './bounds.ts'
import { keeps } from './keeps.ts'

/** One of the ways in which a value may be. */
export type Option =
  | { kind: 'anything' }
  | { kind: 'values'; values: readonly unknown[] }
  | { kind: 'text'; bounds: Bounds }
  | { kind: 'number'; whole: boolean; bounds: Bounds }
  | { kind: 'boolean' }
  | { kind: 'list'; of: unknown; bounds: Bounds }
  | ObjectOption

export interface ObjectOption {
  kind: 'object'
  members: ReadonlyMap<string, Member>
  /** The schema of what is there besides; `true` for anything, `false` for nothing. */
  rest: unknown
  bounds: Bounds
}

export interface Member {
  schema: unknown
  required: boolean
}

/** What one and other let through. */
export function intersection(one: readonly Option[], other: readonly Option[]): Option[] {
  return one.flatMap((a) => other.flatMap((b) => common(a, b) ?? []))
}

function common(one: Option, other: Option): Option | undefined {
  if (one.kind === 'anything') return other
  if (other.kind === 'anything') return one
  if (one.kind === 'values') return chosen(one.values, other)
  if (other.kind === 'values') return chosen(other.values, one)
  if (one.kind === 'text' && other.kind === 'text') return { kind: 'text', bounds: bothBounds(one.bounds, other.bounds) }
  if (one.kind === 'number' && other.kind === 'number') return { kind: 'number', whole: one.whole || other.whole, bounds: bothBounds(one.bounds, other.bounds) }
  if (one.kind === 'list' && other.kind === 'list') return { kind: 'list', of: bothOf(one.of, other.of), bounds: bothBounds(one.bounds, other.bounds) }
  if (one.kind === 'object' && other.kind === 'object') return whole(one, other)
  return one.kind === other.kind ? one : undefined
}

function chosen(values: readonly unknown[], among: Option): Option | undefined {
  const kept = values.filter((value) => keeps(value, among))
  return kept.length === 0 ? undefined : { kind: 'values', values: kept }
}

function whole(one: ObjectOption, other: ObjectOption): ObjectOption {
  const names = [...new Set([...one.members.keys(), ...other.members.keys()])]
  const members = names.map((name) => {
    const [a, b] = [one.members.get(name), other.members.get(name)]
    const schema = a === undefined || b === undefined ? (a ?? b)?.schema : bothOf(a.schema, b.schema)
    return [name, { schema, required: (a?.required ?? false) || (b?.required ?? false) }] as const
  })
  return { kind: 'object', members: new Map(members), rest: bothOf(one.rest, other.rest), bounds: bothBounds(one.bounds, other.bounds) }
}

/** A schema that asks for both; the same parts give the same schema, so that what leads back to itself comes to an end. */
function bothOf(one: unknown, other: unknown): unknown {
  if (one === false || other === false) return false
  if (!isJson(one)) return other
  if (!isJson(other)) return one
  const parts = [one, other].flatMap((part) => (Object.keys(part).length === 1 && part.allOf !== undefined ? listOf(part.allOf) : [part]))
  const distinct = new Map(parts.map((part) => [JSON.stringify(part), part]))
  return distinct.size === 1 ? one : { allOf: [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part) }
}

/** Without what another option lets through anyway; the values of a kind stand together. */
export function simplified(options: readonly Option[]): readonly Option[] {
  if (options.length < 2) return options
  if (options.some(({ kind }) => kind === 'anything')) return [{ kind: 'anything' }]
  const wide = new Map(options.filter(isWide).map((option) => [option.kind, option]))
  const narrow = options.filter(({ kind }) => kind !== 'values' && !wide.has(kind))
  const distinct = new Map(options.flatMap((option) => (option.kind === 'values' ? option.values : [])).map((value) => [JSON.stringify(value), value]))
  const values = [...distinct.values()].filter((value) => !wide.has(kindOf(value)))
  const kinds = [...new Set(values.map(kindOf))]
  return [...wide.values(), ...narrow, ...kinds.map((kind): Option => ({ kind: 'values', values: values.filter((value) => kindOf(value) === kind) }))]
}

/** Whether it lets all of its kind through. */
function isWide(option: Option): boolean {
  if (option.kind === 'boolean') return true
  return (option.kind === 'text' || (option.kind === 'number' && !option.whole)) && isFree(option.bounds)
}

const isFree = ({ formats, patterns, ...edges }: Bounds): boolean => formats.length + patterns.length + Object.keys(edges).length === 0

/** What kind of option a value would keep. */
export function kindOf(value: unknown): Exclude<Option['kind'], 'anything' | 'values'> {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  return Array.isArray(value) ? 'list' : 'object'
}
