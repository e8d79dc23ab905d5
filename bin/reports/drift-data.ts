import * as z from 'zod'
import type { Change, Finding, Verdict } from '../../contracts/drift/finding.ts'
import { SEVERITIES } from '../../contracts/drift/finding.ts'
import type { Proposal } from '../../contracts/drift/propose.ts'
import type { DriftReport } from '../../contracts/drift/report.ts'
import { once } from '../../contracts/kit/contract.ts'
import type { DataOf } from '../kit/command.ts'
import { CHANGES, VERDICTS } from './drift-words.ts'

/** Drift, for a program. */
export const driftOutput = once(() =>
  driftReport().extend({
    /** What is wrong with the list of accepted findings. */
    notes: z.array(z.string()),
    /** Whether a finding is severe enough to fail. */
    failed: z.boolean(),
  }),
)
export const proposalsOutput = once(() => z.strictObject({ proposals: z.array(proposal()) }))
export const acceptanceOutput = once(() =>
  z.strictObject({ accepted: z.strictObject({ finding: z.string(), reason: z.string(), until: z.string() }), file: z.string() }),
)

export type DriftData = DataOf<typeof driftOutput>
export type ProposalsData = DataOf<typeof proposalsOutput>
export type AcceptanceData = DataOf<typeof acceptanceOutput>

const verdicts = Object.keys(VERDICTS) as Verdict[]
const changes = Object.keys(CHANGES) as Change[]

const finding = once(() =>
  z.strictObject({
    /** The same from run to run. */
    id: z.string(),
    verdict: z.enum(verdicts),
    severity: z.enum(SEVERITIES),
    service: z.string(),
    operation: z.string(),
    direction: z.enum(['request', 'reply']),
    part: z.enum(['status', 'content-type', 'header', 'body', 'path', 'query', 'recording']),
    change: z.enum(changes),
    status: z.int().nullable(),
    pointer: z.string(),
    example: z.strictObject({ recording: z.string(), entry: z.int(), pointer: z.string() }),
    contractSays: z.string(),
    realSays: z.string(),
    fakeSays: z.string().nullable(),
    seen: z.strictObject({ times: z.int(), of: z.int() }),
    firstSeen: z.iso.datetime(),
    lastSeen: z.iso.datetime(),
    lastAgreed: z.iso.datetime().nullable(),
    mended: z.string().nullable(),
    versions: z.strictObject({ before: z.string().nullable(), after: z.string().nullable() }),
    readBy: z.array(z.string()),
    advice: z.string(),
    accepted: z.strictObject({ reason: z.string(), until: z.string() }).nullable(),
  }),
) satisfies () => z.ZodType<Finding>

const driftReport = once(() =>
  z.strictObject({
    at: z.iso.datetime(),
    findings: z.array(finding()),
    coverage: z.array(
      z.strictObject({
        service: z.string(),
        operation: z.string(),
        state: z.enum(['proven', 'stale', 'unproven']),
        exchanges: z.int(),
        statuses: z.record(z.string(), z.int()),
        lastRecorded: z.iso.datetime().nullable(),
      }),
    ),
    recordings: z.array(
      z.strictObject({
        file: z.string(),
        services: z.array(z.string()),
        exchanges: z.int(),
        firstAt: z.iso.datetime(),
        lastAt: z.iso.datetime(),
        versions: z.array(z.string()),
        broken: z.boolean(),
        skipped: z.array(z.strictObject({ reason: z.string(), times: z.int(), entry: z.int() })),
      }),
    ),
    counts: z.strictObject({ exchanges: z.int(), compared: z.int(), unmatched: z.int(), unanswered: z.int(), incomparable: z.int() }),
    unmatched: z.array(z.strictObject({ service: z.string(), method: z.string(), path: z.string(), times: z.int(), recording: z.string(), entry: z.int() })),
  }),
) satisfies () => z.ZodType<DriftReport>

const proposal = once(() =>
  z.strictObject({
    finding: finding(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    diff: z.string().nullable(),
    notes: z.array(z.string()),
  }),
) satisfies () => z.ZodType<Proposal>
