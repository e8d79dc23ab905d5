import type * as z from 'zod'
import { agreedOn } from '../../kit/conform.ts'
import { stepInto } from '../../kit/schema-step.ts'
import type { Evidence, ReplyEvidence } from '../evidence.ts'
import type { Finding } from '../finding.ts'
import { placeOf, readersBelow } from '../place.ts'
import { stepsOf } from '../pointer.ts'
import { differences } from '../shape/differences.ts'
import { saysOf } from '../words.ts'
import { ADVICE } from './verdict.ts'

/** What the contract leaves room for: where the fake answers otherwise than the real service, and where that one answers otherwise than it used to. */
export function withinFreedom(evidence: Evidence): Finding[] {
  const { contract, operation, replies } = evidence
  return [...replies].flatMap(([status, reply]) => {
    const schema = agreedOn(contract, operation, status)?.body
    if (schema === undefined || reply.sightings.all.length === 0) return []
    const told = new Set([...evidence.breaks.values()].filter((one) => one.status === status).map(({ found }) => found.pointer))
    const known: Known = { evidence, status, schema }
    return [...unfaithful(known, reply), ...changed(known, reply)].filter(({ pointer }) => !told.has(pointer) && !evidence.redacted.has(pointer))
  })
}

interface Known {
  evidence: Evidence
  status: number
  schema: z.core.$ZodType
}

function unfaithful(known: Known, { habits, fake, sightings }: ReplyEvidence): Finding[] {
  const [first] = sightings.all
  const last = sightings.all.at(-1)
  if (first === undefined || last === undefined) return []
  return differences(habits.all, fake)
    .filter(({ pointer, kind }) => !((kind === 'missing' || kind === 'extra') && isKey(known.schema, stepsOf(pointer))))
    .map(({ pointer, kind, realSays, fakeSays, counts, of }) => {
      const change = CHANGES[kind]
      const place = placed(known, pointer)
      return {
        ...place.about,
        id: `${place.id} ${change} unfaithful`,
        verdict: 'fake-unfaithful',
        severity: kind === 'type' || (place.read && kind === 'missing') ? 'warning' : 'information',
        ...{ change, realSays, fakeSays },
        example: { ...first.example, pointer: '' },
        seen: { times: kind === 'extra' ? counts.fake : counts.real, of: kind === 'extra' ? of.fake : of.real },
        firstSeen: iso(first.firstAt),
        lastSeen: iso(last.lastAt),
        ...{ lastAgreed: null, versions: { before: null, after: null } },
        advice: ADVICE['fake-unfaithful'],
      }
    })
}

/** Which keys a map has is what it tells, not how it tells it. */
function isKey(schema: z.core.$ZodType, path: readonly string[]): boolean {
  return stepInto(placeOf(schema, path.slice(0, -1)).schema, path.at(-1) ?? '').name === '*'
}

const CHANGES = { missing: 'removed', extra: 'added', type: 'type', null: 'null', format: 'format' } as const

function changed(known: Known, { habits }: ReplyEvidence): Finding[] {
  return habits.changes
    .filter(({ pointer, change }) => !(change === 'removed' && isKey(known.schema, stepsOf(pointer))))
    .map(({ pointer, change, was, is, seen, before, after }) => {
      const place = placed(known, pointer)
      return {
        ...place.about,
        id: `${place.id} ${change} habit`,
        verdict: 'provider-changed',
        // A member that may be left out may also have had no cause to come.
        severity: place.read && change !== 'removed' ? 'warning' : 'information',
        change,
        ...{ realSays: `${is}; until then ${was}`, fakeSays: null },
        example: { recording: after.session.recording, entry: after.entry, pointer: '' },
        seen,
        ...{ firstSeen: iso(after.firstAt), lastSeen: iso(after.lastAt), lastAgreed: iso(before.lastAt) },
        versions: { before: before.session.version, after: after.session.version },
        advice: HABIT,
      }
    })
}

const HABIT =
  'The contract leaves room for it, so say there which of the two is meant; then ask the team of the service, and look at every client that reads it.'

/** What a finding about a place of a reply begins with. */
function placed({ evidence: { contract, name }, status, schema }: Known, pointer: string) {
  const place = placeOf(schema, stepsOf(pointer))
  return {
    id: `${contract.service}.${name} ${status} body ${pointer || '/'}`,
    read: place.readBy.length > 0 || readersBelow(schema).length === 0,
    about: {
      ...({ direction: 'reply', part: 'body' } as const),
      ...{ service: contract.service, operation: name, status, pointer },
      ...{ contractSays: saysOf(place.schema), readBy: place.readBy, accepted: null, mended: null },
    },
  }
}

const iso = (at: number): string => new Date(at).toISOString()
