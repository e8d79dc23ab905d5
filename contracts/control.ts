import * as z from 'zod'
import { type LaneBundle, laneBundle } from './bundle.ts'
import { bearerToken, lenient } from './kit/auth.ts'
import { defineContract, del, get, once, post, put } from './kit/contract.ts'
import { explanation } from './kit/explanation.ts'
import { problemJson } from './kit/problem-json.ts'
import { strict } from './kit/strict.ts'
import { type Verification, verification } from './verification.ts'

/** A whole number in a query. Not coerced: an empty `?lane=` is a mistake, not lane 0. */
const whole = () =>
  z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text), 'expected a whole number')
    .transform(Number)
    .meta({ type: 'integer', minimum: 0 })

const flag = () =>
  z
    .enum(['true', 'false'], 'expected true or false')
    .transform((text) => text === 'true')
    .meta({ type: 'boolean' })

const lane = () => ({ lane: whole().optional().describe('Counted from 0; the first when left out') })
const everyLane = () => ({ lane: whole().optional().describe('Counted from 0; all of them when left out') })
const oneLane = once(() => strict(lane()))
const nothing = once(() => strict({}).optional())

const suiteInfo = once(() =>
  z.strictObject({
    version: z.string(),
    pid: z.int(),
    /** The name of a detached suite. */
    instance: z.string().optional(),
    seed: z.int(),
    lanes: z.int(),
    strict_auth: z.boolean(),
    started_at: z.iso.datetime(),
    services: z.array(z.string()),
  }),
)

const readiness = once(() =>
  z.strictObject({
    ready: z.boolean(),
    services: z.array(z.strictObject({ service: z.string(), lane: z.int(), url: z.string().nullable(), ready: z.boolean() })),
  }),
)

const serviceInfo = once(() =>
  z.strictObject({
    service: z.string(),
    title: z.string(),
    lane: z.int(),
    host: z.string(),
    port: z.int(),
    /** Where it listens; null in a suite without ports. */
    url: z.string().nullable(),
    /** How many it has. */
    operations: z.int(),
  }),
)

const laneInfo = once(() =>
  z.strictObject({
    lane: z.int(),
    /** Counts resets. */
    generation: z.int(),
    now: z.iso.datetime(),
    frozen: z.boolean(),
    /** Exchanges since the last reset, and how many of them the journal no longer has. */
    requests: z.int(),
    dropped: z.int(),
    services: z.array(z.strictObject({ service: z.string(), url: z.string().nullable() })),
  }),
)

const headers = () => z.array(z.tuple([z.string(), z.string()]))

const injection = once(() =>
  z.strictObject({
    scenario: z.string(),
    rule: z.string(),
    /** Which match of the rule it was, counted from 1. */
    match: z.int(),
    fault: z.string(),
    /** In words. */
    told: z.string(),
    /** Why it broke the contract on purpose; null when it did not. */
    off_contract: z.string().nullable(),
  }),
)

const entry = once(() =>
  z.strictObject({
    /** Counts from 1 in each lane and generation. */
    seq: z.int(),
    /** Counts from 1 too, in the order in which exchanges began; what one webhook becomes has one number. */
    arrival: z.int(),
    at: z.iso.datetime(),
    milliseconds: z.number(),
    lane: z.int(),
    service: z.string(),
    operation: z.string().nullable(),
    direction: z.enum(['in', 'out']),
    request: z.strictObject({ method: z.string(), target: z.string(), headers: headers(), body: z.string() }),
    outcome: z.enum(['reply', 'hang', 'close', 'reset', 'garbage', 'refuse', 'lost']),
    status: z.int().nullable(),
    reply: z.strictObject({ headers: headers(), body: z.string() }).nullable(),
    /** What scenarios put into it, the outermost first. */
    faults: z.array(injection()).readonly(),
    /** Why the vendor refused. */
    problem: z
      .enum([
        'unknown-operation',
        'method-not-allowed',
        'moved',
        'unreadable',
        'too-large',
        'unsupported-media-type',
        'malformed-body',
        'undecodable-body',
        'unauthorized',
        'forbidden',
        'invalid',
      ])
      .nullable(),
    violations: z.array(z.strictObject({ part: z.enum(['status', 'content-type', 'header', 'body']), pointer: z.string(), message: z.string() })).readonly(),
    /** Members of the request body that the contract does not name, as JSON pointers: accepted, and noted here. */
    unknown: z.array(z.string()),
    /** The stack of a handler that threw. */
    failure: z.string().nullable(),
    /** Why it was refused, and what would have been taken; null where it was not. Only when asked for, and of the newest 200. */
    explanation: explanation().nullable().optional(),
    /** The client left before it was answered. */
    gone: z.boolean(),
  }),
)

const scenarioFields = () => ({
  name: z.string(),
  story: z.string(),
  /** What its rules name; empty when they are about all. */
  services: z.array(z.string()),
  faults: z.array(z.string()),
})
const scenarioInfo = once(() => z.strictObject(scenarioFields()))
const toldFault = once(() => z.strictObject({ fault: z.string(), told: z.string() }))

const wholeScenario = once(() =>
  z.strictObject({
    ...scenarioFields(),
    /** Its own; null when it takes the suite's. */
    seed: z.int().nullable(),
    rules: z.array(z.strictObject({ rule: z.string(), told: z.string(), faults: z.array(toldFault()) })),
    /** As it is written. */
    text: z.string(),
  }),
)

const playingInfo = once(() =>
  z.strictObject({
    scenario: z.string(),
    lane: z.int(),
    seed: z.int(),
    /** When it began, on the lane's clock. */
    since: z.iso.datetime(),
    /** The one that is on, `over` after the last; null where there are none. */
    phase: z.string().nullable(),
    rules: z.array(z.strictObject({ rule: z.string(), told: z.string(), matches: z.int(), strikes: z.int() })),
  }),
)
const playingPage = once(() => z.strictObject({ playing: z.array(playingInfo()) }))

/** A scenario by its name in the library, as the text of a file, or as data; and the root of its chance. */
const sourceFields = () => ({
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name in the library is lower-case words with hyphens between them')
    .optional()
    .describe('In the library'),
  text: z.string().optional().describe('YAML or JSON'),
  file: z.string().min(1).optional().describe('What the file of that text is called, for the places of mistakes'),
  scenario: record().optional(),
  seed: z.int().optional().describe('The scenario’s own, or the suite’s, when left out'),
})
const oneSource = ({ name, text, scenario }: { name?: unknown; text?: unknown; scenario?: unknown }): boolean =>
  [name, text, scenario].filter((given) => given !== undefined).length === 1
const ONE_SOURCE = 'give one of name, text and scenario'
const playRequest = once(() => strict(sourceFields()).refine(oneSource, ONE_SOURCE))
const playAgain = once(() =>
  z.union([z.strictObject({ text: z.string(), file: z.string(), seed: z.int() }), z.strictObject({ scenario: record(), seed: z.int() })]),
)
const planRequest = once(() =>
  strict({ ...sourceFields(), requests: z.int().min(1).max(MOST_PLANNED).optional().describe('20 when left out') }).refine(oneSource, ONE_SOURCE),
)
/** As many matches of each rule as a plan may tell of. */
const MOST_PLANNED = 10_000

const plan = once(() =>
  z.strictObject({
    scenario: z.string(),
    seed: z.int(),
    lane: z.int(),
    rules: z.array(z.strictObject({ rule: z.string(), matches: z.array(z.strictObject({ match: z.int(), faults: z.array(toldFault()) })) })),
  }),
)

const coverage = once(() =>
  z.strictObject({
    /** Of all cells those that were met. */
    percent: z.number(),
    met: z.int(),
    cells: z.int(),
    operations: z.array(
      z.strictObject({
        service: z.string(),
        /** Null for a port that is shut, and for callbacks. */
        operation: z.string().nullable(),
        calls: z.int(),
        cells: z.array(
          z.strictObject({ kind: z.enum(['fault', 'status']), failure: z.string(), state: z.enum(['met', 'scripted', 'unscripted']), times: z.int() }),
        ),
      }),
    ),
  }),
)

const journalPage = once(() =>
  z.strictObject({
    /** Exchanges since the last reset, whatever the filter. */
    total: z.int(),
    /** How many of them made room for newer ones. */
    dropped: z.int(),
    entries: z.array(entry()),
  }),
)

const laneReset = once(() =>
  z.strictObject({
    lane: z.int(),
    generation: z.int(),
    /** Timers dropped now, and replies that came too late for the generation before. */
    fenced: z.int(),
  }),
)

const allowances = once(() => z.strictObject({ lanes: z.array(z.strictObject({ lane: z.int(), allow: z.array(z.string()) })) }))

const clockFields = () => ({ lane: z.int(), now: z.iso.datetime(), frozen: z.boolean(), pending: z.int() })
const clockInfo = once(() => z.strictObject(clockFields()))
const clockAdvanced = once(() => z.strictObject({ ...clockFields(), ran: z.int() }))

const tableInfo = once(() => z.strictObject({ table: z.string(), records: z.int(), evicted: z.int() }))
const record = () => z.record(z.string(), z.unknown())
const tablePage = once(() => z.strictObject({ table: z.string(), total: z.int(), records: z.array(record()) }))
const recordInfo = once(() => z.strictObject({ table: z.string(), key: z.string(), record: record() }))

const message = once(() =>
  z.strictObject({
    message_id: z.string(),
    service: z.string(),
    channel: z.string(),
    user_id: z.string().nullable(),
    from: z.string(),
    to: z.array(z.string()),
    subject: z.string().nullable(),
    text: z.string(),
    html: z.string().nullable(),
    template: z.string().nullable(),
    sent_at: z.iso.datetime(),
  }),
)

const contractInfo = once(() =>
  z.strictObject({ service: z.string(), title: z.string(), host: z.string(), port: z.int(), operations: z.array(z.string()), openapi: z.string() }),
)
const openapiDocument = once(() => z.looseObject({ openapi: z.literal('3.1.0') }))

export type SuiteInfo = z.output<ReturnType<typeof suiteInfo>>
export type Readiness = z.output<ReturnType<typeof readiness>>
export type ServiceInfo = z.output<ReturnType<typeof serviceInfo>>
export type LaneInfo = z.output<ReturnType<typeof laneInfo>>
export type Entry = z.output<ReturnType<typeof entry>>
export type JournalPage = z.output<ReturnType<typeof journalPage>>
export type ScenarioInfo = z.output<ReturnType<typeof scenarioInfo>>
export type PlayingInfo = z.output<ReturnType<typeof playingInfo>>
export type LaneReset = z.output<ReturnType<typeof laneReset>>
export type ResetReport = { lanes: LaneReset[] }
export type ClockInfo = z.output<ReturnType<typeof clockInfo>>
export type ClockAdvanced = z.output<ReturnType<typeof clockAdvanced>>
export type TableInfo = z.output<ReturnType<typeof tableInfo>>
export type TablePage = z.output<ReturnType<typeof tablePage>>
export type RecordInfo = z.output<ReturnType<typeof recordInfo>>
export type InboxMessage = z.output<ReturnType<typeof message>>
export type Inbox = { messages: InboxMessage[] }
export type ContractInfo = z.output<ReturnType<typeof contractInfo>>

const own = { evidence: 'provider', source: 'mock-suite' } as const

const aSuite: SuiteInfo = {
  version: '0.1.0',
  pid: 4711,
  seed: 42,
  lanes: 1,
  strict_auth: false,
  started_at: '2026-01-17T09:15:30.000Z',
  services: ['config'],
}
const aService: ServiceInfo = {
  service: 'config',
  title: 'Config service',
  lane: 0,
  host: '127.0.0.1',
  port: 8092,
  url: 'http://127.0.0.1:8092',
  operations: 17,
}
const aLane: LaneInfo = {
  lane: 0,
  generation: 0,
  now: '2026-01-17T09:15:30.000Z',
  frozen: true,
  requests: 1,
  dropped: 0,
  services: [{ service: 'config', url: 'http://127.0.0.1:8092' }],
}
const anEntry: Entry = {
  seq: 1,
  arrival: 1,
  at: '2026-01-17T09:15:30.000Z',
  milliseconds: 0,
  lane: 0,
  service: 'config',
  operation: 'health',
  direction: 'in',
  request: { method: 'GET', target: '/health', headers: [['Host', '127.0.0.1:8092']], body: '' },
  outcome: 'reply',
  status: 200,
  reply: { headers: [['content-type', 'application/json']], body: '{"status":"healthy"}' },
  faults: [],
  problem: null,
  violations: [],
  unknown: [],
  failure: null,
  gone: false,
}
const aScenario: ScenarioInfo = { name: 'config-flaps', story: 'Every second read is refused.', services: ['config'], faults: ['status'] }
const aPlaying: PlayingInfo = {
  scenario: 'config-flaps',
  lane: 0,
  seed: 42,
  since: '2026-01-17T09:15:30.000Z',
  phase: null,
  rules: [{ rule: 'rule 1', told: 'config: chance 0.5: answer 503', matches: 4, strikes: 2 }],
}
const aPlan = {
  scenario: 'config-flaps',
  seed: 42,
  lane: 0,
  rules: [
    {
      rule: 'rule 1',
      matches: [
        { match: 1, faults: [] },
        { match: 2, faults: [{ fault: 'status', told: 'answer 503' }] },
      ],
    },
  ],
}
const aVerification: Verification = {
  passed: false,
  since: 'start',
  lanes: [{ lane: 0, requests: 3 }],
  services: [{ service: 'config', requests: 3, operations: 17 }],
  findings: [
    {
      id: 'unmatched config unknown-operation GET /api/v2/config/{}',
      kind: 'unmatched',
      fails: true,
      allowed: null,
      lane: 0,
      service: 'config',
      operation: null,
      told: 'no operation of config takes GET /api/v2/config/{}',
      times: 2,
      times_allowed: 0,
      seq: 1,
      request: { method: 'GET', target: '/api/v2/config/17' },
      rule: null,
      explanation: null,
    },
  ],
  gaps: {
    missing: [{ service: 'config', method: 'GET', path: '/api/v2/config/{}', times: 2 }],
    uncalled: [{ service: 'config', operation: 'health', method: 'GET', path: '/health' }],
  },
}
const someAllowances = { lanes: [{ lane: 0, allow: ['violation:config.createSecret'] }] }
const aClock: ClockInfo = { lane: 0, now: '2026-01-17T09:15:30.000Z', frozen: true, pending: 0 }
const aRecord: RecordInfo = { table: 'world.settings', key: 'CACHE_TTL_SECONDS', record: { key: 'CACHE_TTL_SECONDS', value: '300' } }
const aMessage: InboxMessage = {
  message_id: 'msg_9f2c01a4b7de',
  service: 'comms',
  channel: 'email',
  user_id: 'user_123',
  from: 'noreply@example.com',
  to: ['user_123@example.com'],
  subject: 'Price alert',
  text: 'RELIANCE crossed 2500',
  html: null,
  template: null,
  sent_at: '2026-01-17T09:15:30.000Z',
}
const aContract: ContractInfo = {
  service: 'config',
  title: 'Config service',
  host: 'config-service',
  port: 8092,
  operations: ['health'],
  openapi: '/v1/contracts/config/openapi.json',
}

const aBundle: LaneBundle = {
  options: {
    services: ['config'],
    seed: 42,
    strict_auth: false,
    world: {},
    addresses: { config: { host: '127.0.0.1', port: 8092, url: 'http://127.0.0.1:8092' } },
  },
  day: {
    lane: 0,
    generation: 0,
    arrivals: 0,
    incomplete: null,
    whole_from: 1,
    start: { born: 1_768_641_330_000, since: 1_768_641_330_000, frozen: true, playing: [] },
    acts: [{ kind: 'advance', at: 1_768_641_330_000, after: 0, by: 61_000 }],
  },
  har: { log: { version: '1.2', creator: { name: 'mock-suite', version: '0.1.0' }, pages: [], entries: [] } },
  state: { 'world.settings': [aRecord.record] },
  plans: [],
}

const problemExample = (status: number, title: string, code: string, detail: string, errors?: object[]) => ({
  status,
  body: { type: 'about:blank', title, status, detail, code, ...(errors === undefined ? {} : { errors }) },
})
const unknownLane = {
  query: { lane: '9' },
  reply: problemExample(404, 'Not Found', 'unknown-lane', 'could not find lane 9: there are 1, counted from 0.'),
}

/** What is said of a token that is missing or wrong. It is only wanted where the API can be reached from other machines, or was given one. */
export const tokenWords = {
  missing: { status: 401, detail: 'This API wants its token. Send Authorization: Bearer with it; start-all prints it.', challenge: 'Bearer' },
  wrong: { status: 401, detail: 'This is not the token of this suite.', challenge: 'Bearer error="invalid_token"' },
} as const

/** The suite's own API: what the command line, the web page and other languages' tests drive it by. One for all lanes. */
export const control = defineContract({
  service: 'control',
  title: 'Control API',
  port: 8070,
  host: 'mock-suite',
  env: { MOCK_SUITE_URL: ({ url }) => url },
  auth: lenient(bearerToken({ secret: 'MOCK_SUITE_TOKEN', ...tokenWords })),
  errors: problemJson({ server: 'mock-suite' }),
  operations: {
    health: get('/healthz', () => ({
      ...own,
      summary: 'The process is alive.',
      auth: false,
      responses: { 200: z.strictObject({ status: z.literal('ok') }) },
      examples: { alive: { reply: { status: 200, body: { status: 'ok' } } } },
    })),
    ready: get('/readyz', () => ({
      ...own,
      summary: 'Whether every fake answers; 503 while the suite starts, and from the moment it begins to stop.',
      auth: false,
      responses: { 200: readiness(), 503: readiness() },
      examples: {
        ready: { reply: { status: 200, body: { ready: true, services: [{ service: 'config', lane: 0, url: 'http://127.0.0.1:8092', ready: true }] } } },
        stopping: { reply: { status: 503, body: { ready: false, services: [{ service: 'config', lane: 0, url: null, ready: false }] } } },
      },
    })),
    getSuite: get('/v1/suite', () => ({
      ...own,
      summary: 'What runs, and under which seed.',
      query: strict({}),
      responses: { 200: suiteInfo() },
      examples: { usual: { reply: { status: 200, body: aSuite } } },
    })),
    listServices: get('/v1/services', () => ({
      ...own,
      summary: 'Every fake and where it listens.',
      query: strict(everyLane()),
      responses: { 200: z.array(serviceInfo()) },
      examples: { one: { reply: { status: 200, body: [aService] } }, unknown: unknownLane },
    })),
    listLanes: get('/v1/lanes', () => ({
      ...own,
      summary: 'Every lane: its generation, its clock, how much happened in it.',
      query: strict({}),
      responses: { 200: z.array(laneInfo()) },
      examples: { one: { reply: { status: 200, body: [aLane] } } },
    })),
    getEnv: get('/v1/env', () => ({
      ...own,
      summary: 'What the service under test must read to find the fakes of a lane.',
      query: strict({ ...lane(), environment: z.string().min(1).optional().describe('What ENVIRONMENT is to say') }),
      responses: { 200: z.record(z.string(), z.string()) },
      examples: { usual: { reply: { status: 200, body: { CONFIG_SERVICE_URL: 'http://127.0.0.1:8092', ENVIRONMENT: 'development' } } } },
    })),

    listEntries: get('/v1/journal', () => ({
      ...own,
      summary: 'What happened in a lane, oldest first; with a limit, the newest of it.',
      query: strict({
        ...lane(),
        service: z.string().optional(),
        operation: z.string().optional(),
        status: whole().optional(),
        fault: z.string().optional().describe('Only what this fault struck'),
        unmatched: flag().optional().describe('Only requests that no operation took'),
        refused: flag().optional().describe('Only requests that were refused, and those that no operation took'),
        explain: flag().optional().describe('Each with why it was refused'),
        since: whole().optional().describe('Only what came after this seq'),
        limit: whole().optional(),
      }),
      responses: { 200: journalPage() },
      examples: {
        one: { query: { service: 'config', limit: '1' }, reply: { status: 200, body: { total: 1, dropped: 0, entries: [anEntry] } } },
        mistyped: {
          query: { operaton: 'health' },
          reply: problemExample(
            422,
            'Unprocessable Entity',
            'invalid',
            'The request is not what this operation takes: query: unknown name "operaton". Did you mean "operation"?',
            [{ in: 'query', pointer: '', detail: 'unknown name "operaton". Did you mean "operation"?' }],
          ),
        },
      },
    })),
    reset: post('/v1/reset', () => ({
      ...own,
      summary: 'Every lane, or one, as it was at the start. What belongs to the generation before can no longer write.',
      query: strict(everyLane()),
      body: nothing(),
      responses: { 200: z.strictObject({ lanes: z.array(laneReset()) }) },
      examples: { all: { reply: { status: 200, body: { lanes: [{ lane: 0, generation: 1, fenced: 0 }] } } }, unknown: unknownLane },
    })),

    getBundle: get('/v1/bundle', () => ({
      ...own,
      summary: 'All that must be known of a lane to do its day again: where it began, every exchange and every act since.',
      query: oneLane(),
      lossless: true,
      responses: { 200: laneBundle() },
      examples: { one: { reply: { status: 200, body: aBundle } }, unknown: unknownLane },
    })),

    listScenarios: get('/v1/scenarios', () => ({
      ...own,
      summary: 'The library: every scenario that can be played by its name.',
      query: strict({}),
      responses: { 200: z.strictObject({ scenarios: z.array(scenarioInfo()) }) },
      examples: { one: { reply: { status: 200, body: { scenarios: [aScenario] } } } },
    })),
    getScenario: get('/v1/scenarios/:name', () => ({
      ...own,
      summary: 'One scenario of the library: its rules in words, and how it is written.',
      query: strict({}),
      responses: { 200: wholeScenario() },
      examples: {
        one: {
          params: { name: 'config-flaps' },
          reply: {
            status: 200,
            body: {
              ...aScenario,
              seed: null,
              rules: [{ rule: 'rule 1', told: 'config: chance 0.5: answer 503', faults: [{ fault: 'status', told: 'answer 503' }] }],
              text: 'name: config-flaps\n…',
            },
          },
        },
      },
    })),
    listPlaying: get('/v1/playing', () => ({
      ...own,
      summary: 'What plays, and how often each rule matched and struck.',
      query: strict(everyLane()),
      responses: { 200: playingPage() },
      examples: { one: { reply: { status: 200, body: { playing: [aPlaying] } } }, unknown: unknownLane },
    })),
    play: post('/v1/playing', () => ({
      ...own,
      summary: 'Plays a scenario from now on, in every lane or in one; one of the same name is replaced, and begins anew.',
      query: strict(everyLane()),
      body: playRequest(),
      responses: { 201: playingPage() },
      examples: {
        named: { body: { name: 'config-flaps', seed: 42 }, reply: { status: 201, body: { playing: [aPlaying] } } },
        wrong: {
          body: { text: 'name: x', file: 'x.yaml' },
          reply: problemExample(
            422,
            'Unprocessable Entity',
            'bad-scenario',
            'could not play x.yaml:\n  x.yaml:1:1: story: needs a story\nCorrect it; nothing has changed.',
          ),
        },
      },
    })),
    getPlaying: get('/v1/playing/:name', () => ({
      ...own,
      summary: 'What to ask of play for one that plays to play again: as it was written, with its seed.',
      query: oneLane(),
      responses: { 200: playAgain() },
      examples: {
        text: { params: { name: 'config-flaps' }, reply: { status: 200, body: { text: 'name: config-flaps\n…', file: 'config-flaps.yaml', seed: 42 } } },
        unknown: {
          params: { name: 'config-flops' },
          reply: problemExample(404, 'Not Found', 'unknown-scenario', 'could not find config-flops: it does not play. Did you mean "config-flaps"?'),
        },
      },
    })),
    stopPlaying: del('/v1/playing', () => ({
      ...own,
      summary: 'Ends whatever plays, in every lane or in one; tells how many ended.',
      query: strict(everyLane()),
      responses: { 200: z.strictObject({ stopped: z.int() }) },
      examples: { all: { reply: { status: 200, body: { stopped: 2 } } } },
    })),
    stopScenario: del('/v1/playing/:name', () => ({
      ...own,
      summary: 'Ends one scenario, in every lane or in one; tells in how many it played.',
      query: strict(everyLane()),
      responses: { 200: z.strictObject({ stopped: z.int() }) },
      examples: {
        one: { params: { name: 'config-flaps' }, reply: { status: 200, body: { stopped: 1 } } },
        unknown: {
          params: { name: 'config-flops' },
          reply: problemExample(404, 'Not Found', 'unknown-scenario', 'could not stop config-flops: it does not play. Did you mean "config-flaps"?'),
        },
      },
    })),
    plan: post('/v1/plan', () => ({
      ...own,
      summary: 'What each rule of a scenario would do to its first so many matches; nothing is changed by asking.',
      query: oneLane(),
      body: planRequest(),
      responses: { 200: plan() },
      examples: { two: { body: { name: 'config-flaps', requests: 2 }, reply: { status: 200, body: aPlan } } },
    })),
    getCoverage: get('/v1/coverage', () => ({
      ...own,
      summary: 'Which failures the service under test has met since the suite started, over all lanes and resets.',
      query: strict({ service: z.string().optional() }),
      responses: { 200: coverage() },
      examples: {
        half: {
          reply: {
            status: 200,
            body: {
              percent: 50,
              met: 1,
              cells: 2,
              operations: [
                {
                  service: 'config',
                  operation: 'getConfig',
                  calls: 4,
                  cells: [
                    { kind: 'status', failure: '404', state: 'unscripted', times: 0 },
                    { kind: 'fault', failure: 'status', state: 'met', times: 2 },
                  ],
                },
              ],
            },
          },
        },
      },
    })),

    listAllowances: get('/v1/allowances', () => ({
      ...own,
      summary: 'What verifications let pass of the present generation of each lane.',
      query: strict(everyLane()),
      responses: { 200: allowances() },
      examples: { some: { reply: { status: 200, body: someAllowances } }, unknown: unknownLane },
    })),
    allow: post('/v1/allowances', () => ({
      ...own,
      summary: 'Lets findings of the present generation pass, those that came already too, until the next reset; every verification tells them.',
      query: strict(everyLane()),
      body: strict({ allow: z.array(z.string()).describe('violation, violation:alert or violation:alert.createAlert') }),
      responses: { 200: allowances() },
      examples: {
        one: { body: { allow: ['violation:config.createSecret'] }, reply: { status: 200, body: someAllowances } },
        mistyped: {
          body: { allow: ['violaton'] },
          reply: problemExample(
            422,
            'Unprocessable Entity',
            'bad-option',
            'could not allow "violaton": there is no kind of finding of this name. Did you mean "violation"?',
          ),
        },
        unknown: { ...unknownLane, body: { allow: [] } },
      },
    })),
    verify: get('/v1/verification', () => ({
      ...own,
      summary: 'Whether the service under test used its neighbours as agreed: exact, whatever the journal dropped.',
      query: strict({
        ...everyLane(),
        since: z.enum(['start', 'reset']).optional().describe('All since the suite started, or what came after the last reset; start when left out'),
        allow: z.array(z.string()).optional().describe('Told, and fails nothing: violation, violation:alert or violation:alert.createAlert; may be repeated'),
        fail_on: z.array(z.string()).optional().describe('The kinds that fail, all but refused when left out; may be repeated'),
      }),
      responses: { 200: verification() },
      examples: {
        gap: { query: { since: 'start' }, reply: { status: 200, body: aVerification } },
        mistyped: {
          query: { allow: 'violaton' },
          reply: problemExample(
            422,
            'Unprocessable Entity',
            'bad-option',
            'could not allow "violaton": there is no kind of finding of this name. Did you mean "violation"?',
          ),
        },
        unknown: unknownLane,
      },
    })),

    getClock: get('/v1/clock', () => ({
      ...own,
      summary: 'The instant on a lane’s clock, and how many tasks wait on it.',
      query: oneLane(),
      responses: { 200: clockInfo() },
      examples: { frozen: { reply: { status: 200, body: aClock } }, unknown: unknownLane },
    })),
    advanceClock: post('/v1/clock/advance', () => ({
      ...own,
      summary: 'Moves a lane’s clock on; what falls due on the way happens at once, in order.',
      query: oneLane(),
      body: strict({ by: z.string().describe('250ms, 61s, 2m, 1h, 30d') }),
      responses: { 200: clockAdvanced() },
      examples: { minute: { body: { by: '61s' }, reply: { status: 200, body: { ...aClock, now: '2026-01-17T09:16:31.000Z', ran: 1 } } } },
    })),
    freezeClock: post('/v1/clock/freeze', () => ({
      ...own,
      summary: 'Stops a lane’s clock where it stands, or at an instant.',
      query: oneLane(),
      body: strict({ at: z.string().optional().describe('2026-01-17T09:15:30Z') }).optional(),
      responses: { 200: clockInfo() },
      examples: { at: { body: { at: '2026-01-17T09:15:30Z' }, reply: { status: 200, body: aClock } } },
    })),
    resumeClock: post('/v1/clock/resume', () => ({
      ...own,
      summary: 'Lets a lane’s clock run on from where it stands.',
      query: oneLane(),
      body: nothing(),
      responses: { 200: clockInfo() },
      examples: { running: { reply: { status: 200, body: { ...aClock, frozen: false } } } },
    })),

    listTables: get('/v1/tables', () => ({
      ...own,
      summary: 'Every table of a lane: the world’s, and those that each fake keeps.',
      query: oneLane(),
      responses: { 200: z.array(tableInfo()) },
      examples: { some: { reply: { status: 200, body: [{ table: 'world.settings', records: 59, evicted: 0 }] } } },
    })),
    listRecords: get('/v1/tables/:table', () => ({
      ...own,
      summary: 'A page of a table’s records, in the order in which they came.',
      query: strict({ ...lane(), offset: whole().optional(), limit: whole().optional() }),
      lossless: true,
      responses: { 200: tablePage() },
      examples: {
        page: {
          params: { table: 'world.settings' },
          query: { limit: '1' },
          reply: { status: 200, body: { table: 'world.settings', total: 59, records: [aRecord.record] } },
        },
        unknown: {
          params: { table: 'world.setings' },
          reply: problemExample(404, 'Not Found', 'unknown-table', 'could not open the table world.setings: there is none of that name.'),
        },
      },
    })),
    getRecord: get('/v1/tables/:table/:key', () => ({
      ...own,
      summary: 'One record, by its key.',
      query: oneLane(),
      lossless: true,
      responses: { 200: recordInfo() },
      examples: { setting: { params: { table: 'world.settings', key: 'CACHE_TTL_SECONDS' }, reply: { status: 200, body: aRecord } } },
    })),
    putRecord: put('/v1/tables/:table/:key', () => ({
      ...own,
      summary: 'Replaces a record, or creates it. The next request of the service under test sees it: configuration is changed by this.',
      query: oneLane(),
      body: record(),
      lossless: true,
      responses: { 200: recordInfo(), 201: recordInfo() },
      examples: {
        replaced: {
          params: { table: 'world.settings', key: 'CACHE_TTL_SECONDS' },
          body: { value: '60' },
          reply: { status: 200, body: { ...aRecord, record: { key: 'CACHE_TTL_SECONDS', value: '60' } } },
        },
        invalid: {
          params: { table: 'world.subscriptions', key: 'sub_1' },
          body: { user_id: 'nobody' },
          reply: problemExample(
            422,
            'Unprocessable Entity',
            'dangling-reference',
            'could not keep a record in world.subscriptions: user_id names "nobody", which users does not have. Add it there first.',
            [{ in: 'body', pointer: '/user_id', detail: 'names "nobody", which users does not have' }],
          ),
        },
      },
    })),
    deleteRecord: del('/v1/tables/:table/:key', () => ({
      ...own,
      summary: 'Takes a record away.',
      query: oneLane(),
      responses: { 204: { body: z.literal(''), contentType: '' } },
      examples: { gone: { params: { table: 'world.settings', key: 'CACHE_TTL_SECONDS' }, reply: { status: 204, body: '' } } },
    })),

    listMessages: get('/v1/inbox', () => ({
      ...own,
      summary: 'Mail, SMS and the like that the fakes have sent by now, oldest first.',
      query: strict({ ...lane(), channel: z.string().optional(), to: z.string().optional(), user_id: z.string().optional() }),
      responses: { 200: z.strictObject({ messages: z.array(message()) }) },
      examples: { mail: { query: { channel: 'email' }, reply: { status: 200, body: { messages: [aMessage] } } } },
    })),
    getMessage: get('/v1/inbox/:message_id', () => ({
      ...own,
      summary: 'One message.',
      query: oneLane(),
      responses: { 200: message() },
      examples: { mail: { params: { message_id: 'msg_9f2c01a4b7de' }, reply: { status: 200, body: aMessage } } },
    })),
    getMail: get('/v1/inbox/:message_id/eml', () => ({
      ...own,
      summary: 'One message as a mail program would open it.',
      query: oneLane(),
      responses: { 200: { body: z.string(), contentType: 'message/rfc822' } },
      examples: {
        mail: { params: { message_id: 'msg_9f2c01a4b7de' }, reply: { status: 200, body: 'Subject: Price alert\r\n\r\nRELIANCE crossed 2500\r\n' } },
      },
    })),

    listContracts: get('/v1/contracts', () => ({
      ...own,
      summary: 'What is agreed with every service that runs.',
      query: strict({}),
      responses: { 200: z.array(contractInfo()) },
      examples: { one: { reply: { status: 200, body: [aContract] } } },
    })),
    getContractOpenapi: get('/v1/contracts/:service/openapi.json', () => ({
      ...own,
      summary: 'The OpenAPI document of one service.',
      query: strict({}),
      responses: { 200: openapiDocument() },
      examples: { config: { params: { service: 'config' }, reply: { status: 200, body: { openapi: '3.1.0' } } } },
    })),
    getOpenapi: get('/openapi.json', () => ({
      ...own,
      summary: 'The OpenAPI document of every service that runs.',
      query: strict({}),
      responses: { 200: openapiDocument() },
      examples: { all: { reply: { status: 200, body: { openapi: '3.1.0' } } } },
    })),

    followEvents: get('/v1/events', () => ({
      ...own,
      summary: 'Exchanges and resets as they happen, as server-sent events; Last-Event-ID goes on where a reader stopped.',
      query: strict({ ...everyLane(), service: z.string().optional() }),
      headers: z.object({ 'last-event-id': z.string().optional() }),
      responses: { 200: { body: z.string(), contentType: 'text/event-stream' } },
      examples: { reset: { reply: { status: 200, body: 'event: reset\nid: 0:1:0\ndata: {"lane":0,"generation":1,"fenced":0}\n\n' } } },
    })),
  },
})
