import { basename, dirname } from 'node:path'
import type { Contract } from '../../kit/contract.ts'
import { recordedIn } from '../../kit/recording/recorded-in.ts'
import { createDirectory } from '../addressee.ts'
import { realReplyOf } from '../breaks/real-reply.ts'
import type { Change, Finding } from '../finding.ts'
import { stepsOf } from '../pointer.ts'

/** More would tell little more. */
const ENOUGH = 500

/** What was sent before such a change no longer counts; after the others it may still come. */
const INSTEAD: ReadonlySet<Change> = new Set(['type', 'format', 'status'])

/** What the real services sent around the places of findings: the objects that have the member, or ought to; whole bodies, for a status. */
export async function samplesFor(findings: readonly Finding[], files: readonly string[], contracts: readonly Contract[]): Promise<Map<string, unknown[]>> {
  const samples = new Map<string, unknown[]>(findings.map(({ id }) => [id, []]))
  const addressee = createDirectory(contracts)
  for (const file of findings.length === 0 ? [] : files) {
    for await (const exchange of recordedIn(file)) {
      const { contract, match } = addressee(exchange, basename(dirname(file))) ?? {}
      const { reply } = exchange
      if (contract === undefined || match === undefined || reply === undefined || reply.cut === true) continue
      const own = findings.filter(
        ({ service, operation, status, change, firstSeen }) =>
          service === contract.service && operation === match.name && status === reply.status && (!INSTEAD.has(change) || Date.parse(firstSeen) <= exchange.at),
      )
      if (own.length === 0) continue
      const { body } = realReplyOf(contract, match.operation, reply)
      for (const finding of own) keep(samples.get(finding.id) ?? [], finding.part === 'status' ? [body] : around(body, stepsOf(finding.pointer).slice(0, -1)))
    }
  }
  return samples
}

function keep(kept: unknown[], more: readonly unknown[]): void {
  kept.push(...more.slice(0, Math.max(0, ENOUGH - kept.length)))
}

/** All that a path leads to; a star is every element, or every value. */
function around(value: unknown, [step, ...steps]: readonly string[]): unknown[] {
  if (step === undefined) return [value]
  if (typeof value !== 'object' || value === null) return []
  if (step === '*') return Object.values(value).flatMap((one) => around(one, steps))
  return Object.hasOwn(value, step) ? around((value as Record<string, unknown>)[step], steps) : []
}
