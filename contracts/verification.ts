import * as z from 'zod'
import { once } from './kit/contract.ts'
import { explanation } from './kit/explanation.ts'

/** Every kind of finding, in the order in which they are told. */
export const FINDING_KINDS = [
  /** No operation took the request. */
  'unmatched',
  /** The client sent what its contract does not allow. */
  'violation',
  /** The client's credential was refused. */
  'refused',
  /** A rule of a scenario that played matched nothing. */
  'rule-never-met',
  /** A handler of ours threw, or nobody answered behind a relay. */
  'handler-failure',
  /** A fake of ours broke its contract, and no scenario asked for it. */
  'off-contract',
] as const

/** What fails a verification unless told otherwise: that a vendor refuses a credential is a legitimate answer. */
export const FAILING_KINDS: readonly FindingKind[] = FINDING_KINDS.filter((kind) => kind !== 'refused')

const finding = once(() =>
  z.strictObject({
    /** The same from run to run. */
    id: z.string(),
    kind: z.enum(FINDING_KINDS),
    /** Whether it is what makes a run fail. */
    fails: z.boolean(),
    /** What let all of it pass, as it was said: `violation:alert`; null where nothing did. */
    allowed: z.string().nullable(),
    /** Where it came first: what came in several lanes is told once. */
    lane: z.int(),
    /** `*` for a rule that is about any. */
    service: z.string(),
    operation: z.string().nullable(),
    /** In one line. */
    told: z.string(),
    /** How often, in all lanes; 0 for a rule. */
    times: z.int(),
    /** How many of them were allowed; it fails by the others. */
    times_allowed: z.int(),
    /** The journal's number of the first; null where there is none, or where the journal began anew since. */
    seq: z.int().nullable(),
    /** What the client asked first; null for a rule. */
    request: z.strictObject({ method: z.string(), target: z.string() }).nullable(),
    /** Null but for a rule that was never met. */
    rule: z.strictObject({ scenario: z.string(), rule: z.string() }).nullable(),
    explanation: explanation().nullable(),
  }),
)

const gaps = once(() =>
  z.strictObject({
    /** What the client calls and no fake has; an id in a path is told as `{}`. */
    missing: z.array(z.strictObject({ service: z.string(), method: z.string(), path: z.string(), times: z.int() })),
    /** Operations that the client never called. */
    uncalled: z.array(z.strictObject({ service: z.string(), operation: z.string(), method: z.string(), path: z.string() })),
  }),
)

/** Whether the service under test used its neighbours as agreed. */
export const verification = once(() =>
  z.strictObject({
    passed: z.boolean(),
    /** What was looked at: all since the suite started, or what came after the last reset of each lane. */
    since: z.enum(['start', 'reset']),
    lanes: z.array(z.strictObject({ lane: z.int(), requests: z.int() })),
    /** Every fake that was looked at; one without requests was never called at all. */
    services: z.array(z.strictObject({ service: z.string(), requests: z.int(), operations: z.int() })),
    /** Those that fail first. */
    findings: z.array(finding()),
    gaps: gaps(),
  }),
)

export type FindingKind = (typeof FINDING_KINDS)[number]
export type Verification = z.output<ReturnType<typeof verification>>
export type VerificationFinding = z.output<ReturnType<typeof finding>>
export type ConsumerGaps = z.output<ReturnType<typeof gaps>>
