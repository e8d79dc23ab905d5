import * as z from 'zod'
import { once } from '../kit/contract.ts'
import { strict } from '../kit/strict.ts'
import type { Change, Finding } from './finding.ts'

const DAY = 86_400_000

const CHANGES = [
  'removed',
  'added',
  'type',
  'null',
  'value',
  'format',
  'status',
  'content-type',
  'insists',
  'accepts',
  'stale',
] as const satisfies readonly Change[]

const pattern = () =>
  strict({
    service: z.string('names a service, like alert').min(1, 'names a service, like alert').describe('e.g. alert'),
    operation: z.string('names an operation, like getAlert').min(1, 'names an operation, like getAlert').describe('e.g. getAlert'),
    pointer: z.string().optional().describe('as the report writes it; any place when left out'),
    change: z
      .enum(CHANGES, `a change is one of ${CHANGES.join(', ')}`)
      .optional()
      .describe('any when left out'),
  })

/** What `drift.accepted.yaml` holds. */
export const acceptedList = once(() =>
  z.array(
    strict({
      finding: z.union([z.string('names a finding by its id, or by service and operation').min(1, 'the id is empty'), pattern()]),
      reason: z.string('say why it is accepted').trim().min(1, 'say why it is accepted'),
      until: z.iso.date('the last day on which it holds, like 2026-12-31'),
    }),
    'expected a list of acceptances: - finding: …',
  ),
)

/** Findings that somebody lives with: each for a reason, and for a time. */
export type AcceptedList = z.output<ReturnType<typeof acceptedList>>
type AcceptedEntry = AcceptedList[number]

/** The findings, those that are accepted marked so. An acceptance that has expired accepts nothing. */
export function accept(findings: readonly Finding[], list: AcceptedList, now: number): Finding[] {
  const inForce = list.filter((entry) => !isExpired(entry, now))
  return findings.map((finding) => {
    const entry = inForce.find((one) => isAbout(one, finding))
    return entry === undefined ? finding : { ...finding, accepted: { reason: entry.reason, until: entry.until } }
  })
}

/** An acceptance that no longer does anything, or never did. */
export interface IdleAcceptance {
  /** Counted from 0. */
  index: number
  kind: 'expired' | 'unmatched'
  message: string
}

/** What is to be told of a list: what it lets in again, and what can be struck from it. */
export function idleAcceptances(findings: readonly Finding[], list: AcceptedList, now: number): IdleAcceptance[] {
  return list.flatMap((entry, index): IdleAcceptance[] => {
    const found = findings.filter((finding) => isAbout(entry, finding)).length
    const about = typeof entry.finding === 'string' ? entry.finding : Object.values(entry.finding).join(' ')
    if (found === 0) return [{ index, kind: 'unmatched', message: `the acceptance of ${about} matches no finding: it can be removed` }]
    if (!isExpired(entry, now)) return []
    return [{ index, kind: 'expired', message: `the acceptance of ${about} held until ${entry.until}: ${found === 1 ? 'it counts' : `${found} count`} again` }]
  })
}

/** It holds on its last day too, which ends at midnight UTC. */
function isExpired({ until }: AcceptedEntry, now: number): boolean {
  return now >= Date.parse(`${until}T00:00:00Z`) + DAY
}

function isAbout({ finding: named }: AcceptedEntry, finding: Finding): boolean {
  if (typeof named === 'string') return named === finding.id
  return (
    named.service === finding.service &&
    named.operation === finding.operation &&
    (named.pointer ?? finding.pointer) === finding.pointer &&
    (named.change ?? finding.change) === finding.change
  )
}
