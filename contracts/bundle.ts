import * as z from 'zod'
import { once } from './kit/contract.ts'

/** The `schemaVersion` of a bundle. */
export const BUNDLE_VERSION = 1

const at = () => z.number().min(0).max(LATEST)
/** The year 10000. */
const LATEST = 253_402_300_800_000
const count = () => z.int().min(0)

/** How a scenario was given: a text of what file, or data. */
const written = once(() => z.union([z.strictObject({ text: z.string(), file: z.string() }), z.strictObject({ scenario: z.record(z.string(), z.unknown()) })]))

/** What was done to a lane besides asking it; what follows from it by itself is not in here. */
const act = once(() => {
  const when = {
    /** On the lane's clock, in milliseconds since 1970. */
    at: at(),
    /** How many exchanges had begun by then. */
    after: count(),
  }
  const one = <const Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) => z.strictObject({ kind: z.literal(kind), ...when, ...shape })
  return z.discriminatedUnion('kind', [
    one('advance', { by: count() }),
    one('freeze', { to: at() }),
    one('resume', {}),
    // The clock, running, came to what was due.
    one('due', {}),
    // A request that was held back reached its fake.
    one('answer', { arrival: count() }),
    // The suite stopped, and cut what was still under way.
    one('end', {}),
    // The receiver of a webhook answered; null when it did not.
    one('heard', { call: count(), status: z.int().nullable() }),
    one('play', { scenario: z.string(), written: written().nullable(), seed: z.int() }),
    one('stop', { scenario: z.string().nullable() }),
    // JSON, as long numbers survive it.
    one('put', { table: z.string(), record: z.string() }),
    one('delete', { table: z.string(), key: z.union([z.string(), z.number()]) }),
  ])
})

const start = once(() =>
  z.strictObject({
    /** The instant to which the seed world belongs, and the one at which the day began: the start, or the last reset. */
    born: at(),
    since: at(),
    frozen: z.boolean(),
    /** What played on from before. */
    playing: z.array(z.strictObject({ scenario: z.string(), written: written().nullable(), seed: z.int() })),
  }),
)

/** All that must be known of one lane to do its day again; the requests themselves stand in its HAR. */
export const day = once(() =>
  z.strictObject({
    lane: z.int().min(0).max(63),
    generation: count(),
    /** Exchanges that began since the start, or the last reset. */
    arrivals: count(),
    /** Why it cannot be done again; null when it can. */
    incomplete: z.string().nullable(),
    /** The first exchange from which on nothing is missing; null where nothing is left. */
    whole_from: z.int().nullable(),
    start: start(),
    acts: z.array(act()).max(MOST_ACTS),
  }),
)

/** As many acts of one day as are kept. */
export const MOST_ACTS = 100_000

const options = once(() =>
  z.strictObject({
    services: z.array(z.string()),
    seed: z.int(),
    strict_auth: z.boolean(),
    world: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
    /** Where the fakes listened: some tell their clients. */
    addresses: z.record(z.string(), z.strictObject({ host: z.string(), port: z.int(), url: z.string() })),
  }),
)

/** One lane, ready to be written down. */
export const laneBundle = once(() =>
  z.strictObject({
    options: options(),
    day: day(),
    /** HAR 1.2. */
    har: z.strictObject({ log: z.looseObject({ version: z.literal('1.2'), entries: z.array(z.looseObject({})) }) }),
    /** The records in the end, by table. */
    state: z.record(z.string(), z.array(z.unknown())),
    /** What each rule of what plays would do to its first matches. */
    plans: z.array(z.looseObject({ scenario: z.string() })),
  }),
)

const pairs = () => z.array(z.looseObject({ name: z.string(), value: z.string() }))

/** One entry of the HAR of a bundle, as far as doing it again reads it. */
export const bundledEntry = once(() =>
  z.looseObject({
    startedDateTime: z.iso.datetime(),
    time: z.number(),
    request: z.looseObject({
      method: z.string().max(64),
      headers: pairs(),
      postData: z.looseObject({ text: z.string(), _encoding: z.literal('base64').optional() }).optional(),
    }),
    response: z.looseObject({
      status: z.int(),
      headers: pairs(),
      content: z.looseObject({ text: z.string().optional(), encoding: z.literal('base64').optional() }),
    }),
    _mockSuite: z.looseObject({
      service: z.string(),
      arrival: z.int().min(1),
      /** Null for one that was not over. */
      seq: z.int().nullable(),
      direction: z.enum(['in', 'out']),
      /** As it came, byte for byte. */
      target: z.string(),
      outcome: z.string().nullable(),
      /** What came instead of HTTP, in base64. */
      garbage: z.string().nullable(),
      faults: z.array(z.looseObject({ told: z.string() })),
      problem: z.string().nullable(),
      gone: z.boolean(),
      too_large: z.boolean(),
      unreadable: z.string().nullable(),
    }),
  }),
)

/** `bundle.json`. */
export const manifest = once(() =>
  z.strictObject({
    schemaVersion: z.literal(BUNDLE_VERSION),
    versions: z.strictObject({ mock_suite: z.string(), node: z.string(), platform: z.string() }),
    written_at: z.iso.datetime(),
    command: z.array(z.string()).nullable(),
    exit_code: z.int().nullable(),
    lanes: z
      .array(z.strictObject({ options: options(), day: day(), har: fileName(), state: fileName(), plans: z.array(fileName()) }))
      .min(1)
      .max(64),
  }),
)

/** Beside it, never elsewhere. */
const fileName = () => z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be the name of a file beside it')

export type BundledEntry = z.output<ReturnType<typeof bundledEntry>>
export type Act = z.output<ReturnType<typeof act>>
export type Day = z.output<ReturnType<typeof day>>
export type DayStart = z.output<ReturnType<typeof start>>
export type LaneBundle = z.output<ReturnType<typeof laneBundle>>
export type Manifest = z.output<ReturnType<typeof manifest>>
export type WrittenScenario = z.output<ReturnType<typeof written>>
