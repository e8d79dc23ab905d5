import type * as z from 'zod'
import { keyOf } from '../draft/literal.ts'
import { printSchema } from '../draft/print.ts'
import { recordOf, sampledSchema } from '../draft/recorded/sampled-schema.ts'
import type { Contract } from '../kit/contract.ts'
import { unwrapped } from '../kit/schema-step.ts'
import type { Change, Finding } from './finding.ts'
import { placeOf } from './place.ts'
import { stepsOf } from './pointer.ts'
import { changedSchema } from './propose/changed-schema.ts'
import { asksForMember, requiredMember } from './propose/required-member.ts'
import { operationsWith } from './propose/shared-shape.ts'
import type { WrittenContract } from './propose/written-contract.ts'

/** The change to a contract that would make a finding go away. It is for reading; nothing applies it. */
export interface Proposal {
  finding: Finding
  /** The member as it is written, where it was found. */
  before: string | null
  /** As it would be true; nothing where a proposal before this one says it already, or the notes say more. */
  after: string | null
  /** A patch, where the member is written in just one place. */
  diff: string | null
  /** What must be known before it is taken over. */
  notes: readonly string[]
}

export interface ProposeOptions {
  contracts: readonly Contract[]
  /** By service: how the contract is written, if that is at hand. */
  written: ReadonlyMap<string, WrittenContract>
  /** By a finding's id: bodies, or the objects around the member. */
  samples: ReadonlyMap<string, readonly unknown[]>
}

/** Findings that another contract would settle, and of which it can be said how. */
export function isProposable(finding: Finding): boolean {
  const { verdict, direction, part, change, pointer, mended } = finding
  if (mended !== null || !(verdict === 'provider-changed' || verdict === 'contract-wrong')) return false
  if (direction === 'request') return asksForMember(finding)
  return part === 'status' || (part === 'body' && MEMBERS.has(change) && /\/[^/*]+$/.test(pointer))
}

const MEMBERS: ReadonlySet<Change> = new Set(['added', 'removed', 'null', 'type', 'value', 'format'])

/** Proposals in the order of the findings; each patch is made upon those before it. */
export function propose(findings: readonly Finding[], options: ProposeOptions): Proposal[] {
  const earlier = new Earlier()
  return findings.filter(isProposable).map((finding) => {
    if (finding.direction === 'request') return requiredMember(finding, contractOf(finding, options), options.written.get(finding.service))
    return finding.part === 'status' ? forStatus(finding, options) : forMember(finding, options, earlier)
  })
}

const contractOf = ({ service }: Finding, { contracts }: ProposeOptions) => contracts.find((one) => one.service === service)

function forStatus(finding: Finding, { samples, written }: ProposeOptions): Proposal {
  const bodies = samples.get(finding.id) ?? []
  const after = `${finding.realSays}: ${printSchema(sampledSchema(bodies))}`
  const contract = written.get(finding.service)
  const spot = contract?.responsesOf(finding.operation)
  return { finding, before: null, after, diff: spot === undefined ? null : (contract?.insert(spot, after) ?? null), notes: [drawnFrom(bodies)] }
}

function forMember(finding: Finding, options: ProposeOptions, earlier: Earlier): Proposal {
  const { samples, written } = options
  const steps = stepsOf(finding.pointer)
  const name = steps.at(-1) as string
  const objects = (samples.get(finding.id) ?? []).filter(isObject)
  const seen = recordOf(objects).members[name]
  const fresh = seen === undefined ? undefined : printSchema(seen.schema)
  // What came besides was not always there: a contract that insists on it would find its own earlier recordings wrong.
  const always = finding.change !== 'added' && seen !== undefined && seen.optional !== true
  const after = `${keyOf(name)}: ${fresh ?? 'z.unknown()'}${always ? '' : '.optional()'}`
  const bare = { finding, before: null, after, diff: null, notes: [drawnFrom(objects)] }

  const contract = contractOf(finding, options)
  const shape = contract === undefined ? undefined : shapeAround(contract, finding, steps.slice(0, -1))
  const file = written.get(finding.service)
  if (contract === undefined || shape === undefined || file === undefined) return bare
  const twin = earlier.twinOf(shape, finding, name)
  if (twin !== undefined) return { ...bare, after: null, notes: [`the same as for ${twin.id}: both read one shape`] }
  const spot = file.objectWith([...Object.keys(shape._zod.def.shape), ...earlier.addedTo(shape)])
  if (spot === undefined) return bare
  const others = operationsWith(contract, shape).filter((operation) => operation !== finding.operation)
  const notes = [...bare.notes, ...(others.length === 0 ? [] : [`this shape also serves ${others.join(', ')}`])]
  earlier.note(shape, finding, name)
  if (finding.change === 'added') return { ...bare, diff: file.insert(spot, after), notes }

  const before = file.valueAt(spot, name)
  const values = objects.map((object) => object[name])
  const changed = changedFor(finding.change, before, fresh, values, shape._zod.def.shape[name])
  if (changed === undefined) return { ...bare, before: `${keyOf(name)}: ${before}`, notes }
  return { finding, before: `${keyOf(name)}: ${before}`, after: `${keyOf(name)}: ${changed}`, diff: file.replace(spot, name, changed), notes }
}

/** The expression that takes what was seen. */
function changedFor(
  change: Change,
  before: string,
  fresh: string | undefined,
  values: readonly unknown[],
  schema: z.core.$ZodType | undefined,
): string | undefined {
  switch (change) {
    case 'null':
      return changedSchema.nullable(before)
    case 'removed':
      return changedSchema.optional(before)
    case 'value':
      return changedSchema.widened(before, unknownWords(values, schema))
    default:
      return fresh === undefined ? undefined : changedSchema.replaced(before, fresh)
  }
}

function unknownWords(values: readonly unknown[], schema: z.core.$ZodType | undefined): string[] {
  const known = schema === undefined ? undefined : unwrapped(schema)._zod.values
  return [...new Set(values)].filter((value): value is string => typeof value === 'string' && known?.has(value) !== true).sort()
}

type ObjectSchema = z.core.$ZodObject

/** The object that has the member, or ought to. Refusals that the error envelope words are written elsewhere. */
function shapeAround({ operations }: Contract, { operation, status }: Finding, steps: readonly string[]): ObjectSchema | undefined {
  const spec = operations[operation]?.details().responses[status ?? 0]
  const schema = spec === undefined ? undefined : placeOf('_zod' in spec ? spec : spec.body, steps).schema
  const bare = schema === undefined ? undefined : unwrapped(schema)
  return bare?._zod.def.type === 'object' ? (bare as ObjectSchema) : undefined
}

/** What was proposed already: a shape that serves several operations shows one change in all of them. */
class Earlier {
  readonly #changes = new Map<z.core.$ZodType, Map<string, { finding: Finding; name: string }>>()

  twinOf(shape: z.core.$ZodType, { change }: Finding, name: string): Finding | undefined {
    return this.#changes.get(shape)?.get(`${change} ${name}`)?.finding
  }

  addedTo(shape: z.core.$ZodType): string[] {
    return [...(this.#changes.get(shape)?.values() ?? [])].flatMap(({ finding, name }) => (finding.change === 'added' ? [name] : []))
  }

  note(shape: z.core.$ZodType, finding: Finding, name: string): void {
    const changes = this.#changes.get(shape) ?? new Map()
    this.#changes.set(shape, changes.set(`${finding.change} ${name}`, { finding, name }))
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const drawnFrom = (samples: readonly unknown[]): string => (samples.length === 0 ? 'no sample is at hand' : `drawn from ${samples.length} of what was sent`)
