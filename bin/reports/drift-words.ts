import type { Change, Finding, Severity, Verdict } from '../../contracts/drift/finding.ts'
import { ADVICE } from '../../contracts/drift/findings/verdict.ts'

interface VerdictWords {
  /** As a heading. */
  title: string
  /** Who must act on a service. */
  act(service: string): string
  help: string
}

/** Every verdict, in the order in which it is told. */
export const VERDICTS: Readonly<Record<Verdict, VerdictWords>> = {
  'provider-changed': {
    title: 'The provider changed',
    act: (service) => `ask the team of ${service}`,
    help: ADVICE['provider-changed'],
  },
  'contract-wrong': {
    title: 'The contract is wrong',
    act: (service) => `correct the contract of ${service}`,
    help: ADVICE['contract-wrong'],
  },
  'fake-wrong': {
    title: 'The fake is wrong',
    act: (service) => `correct the fake of ${service}: a defect of ours`,
    help: ADVICE['fake-wrong'],
  },
  'fake-unfaithful': {
    title: 'The fake is unfaithful',
    act: (service) => `teach the fake of ${service}`,
    help: ADVICE['fake-unfaithful'],
  },
  'recording-stale': {
    title: 'The recording is stale',
    act: (service) => `record ${service} again`,
    help: ADVICE['recording-stale'],
  },
}

/** What happened, as the end of "alert.getAlert 200 /status: …". */
export const CHANGES: Readonly<Record<Change, string>> = {
  removed: 'is not there',
  added: 'is there, and nobody agreed on it',
  type: 'is of another type',
  null: 'is null',
  value: 'is a value that nobody agreed on',
  format: 'has another form',
  status: 'is a status that nobody agreed on',
  'content-type': 'is of another content type',
  insists: 'is asked for, and nobody agreed on it',
  accepts: 'is taken, and the contract refuses it',
  stale: 'was recorded too long ago',
}

export const MARKS = { breaking: ['red', '✗'], warning: ['yellow', '!'], information: ['cyan', '·'] } as const satisfies Record<Severity, unknown>

/** Where in a service something was found: `getAlert 200 /status`. */
export function placeOf({ operation, status, direction, part, pointer }: Finding): string {
  const named = part === 'header' || part === 'query' || part === 'path' ? `${part} ${pointer}` : pointer
  return [operation, direction === 'request' ? 'request' : (status ?? ''), named].filter((word) => word !== '').join(' ')
}

/** `3 breaking, 1 warning`; nothing of what there is none of. */
export function countsOf(findings: readonly Pick<Finding, 'severity'>[]): string {
  const levels = ['breaking', 'warning', 'information'] as const
  return levels
    .map((level) => [findings.filter(({ severity }) => severity === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}`)
    .join(', ')
}

/** The facts of a finding, a label and its words each; where nothing is known there is no line. */
export function factsOf(finding: Finding): [string, string][] {
  const { contractSays, realSays, fakeSays, seen, firstSeen, lastAgreed, mended, versions, readBy, example, id } = finding
  const facts: [string, string | null][] = [
    ['contract says', contractSays],
    ['real says', realSays],
    ['fake says', fakeSays],
    ['seen', `${seen.times} of ${seen.of}, first ${firstSeen}${lastAgreed === null ? '' : `, last agreed ${lastAgreed}`}`],
    ['kept again', mended],
    ['version', lastAgreed === null ? versions.after : versionsOf(versions)],
    ['read by', readBy.length === 0 ? null : readBy.join(', ')],
    ['recorded in', `${example.recording} entry ${example.entry}${example.pointer === '' ? '' : ` ${example.pointer}`}`],
    ['finding', id],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== null)
}

function versionsOf({ before, after }: Finding['versions']): string | null {
  return before === null && after === null ? null : `${before ?? 'unknown'} → ${after ?? 'unknown'}`
}
