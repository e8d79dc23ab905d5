import { expect, test } from 'vitest'
import { Comparison } from '../../contracts/drift/compare.ts'
import type { Finding } from '../../contracts/drift/finding.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { contracts } from '../../contracts/services.ts'
import type { ServiceName } from '../../mocks/index.ts'
import { random } from '../../scenarios/kit/random.ts'
import { CHANGES, jsonOf, type Kind, type Mutation, mutate, Oracle } from './drift-mutations.ts'
import { recordedDay } from './recorded-day.ts'

const EVERY: Kind[] = ['drop', 'add', 'rename', 'retype', 'null', 'enum', 'format', 'reorder', 'status', 'content-type', 'header', 'envelope']
/** So many of each kind for each service, as far as it has places for them. */
const EACH = 12

/** Eight hundred comparisons: longer than a single story may take, on a busy machine. */
const PATIENCE = { timeout: 120_000 }

test('of seeded mutations every breaking one is caught where it is, and no harmless one is more than information', PATIENCE, async () => {
  const tried = { breaking: 0, harmless: 0 }
  const wrong: string[] = []
  for (const service of Object.keys(contracts) as ServiceName[]) {
    const contract: Contract = contracts[service]
    const oracle = new Oracle(contract)
    const yesterday = await recordedDay(service, { version: '1.0.0', seed: 1 })
    const today = await recordedDay(service, { version: '2.0.0', seed: 2, at: '2026-01-18T09:15:30Z' })
    for (const kind of EVERY) {
      for (const mutation of mutations(kind, contract, today, oracle)) {
        const findings = compared(contract, yesterday, withMutation(today, mutation))
        const breaking = isBreaking(mutation, contract, oracle)
        tried[breaking ? 'breaking' : 'harmless'] += 1
        const complaint = breaking ? missed(mutation, findings) : falselyAlarmed(findings)
        if (complaint !== undefined) wrong.push(`${service}.${mutation.mutated.operation} ${kind} at ${mutation.pointer || '/'}: ${complaint}`)
      }
    }
  }
  console.log(`mutations: ${tried.breaking} breaking and ${tried.harmless} harmless; ${wrong.length} judged wrongly`)
  expect(wrong).toEqual([])
  expect(tried.breaking + tried.harmless).toBeGreaterThan(300)
  expect(Math.min(tried.breaking, tried.harmless)).toBeGreaterThan(100)
})

function mutations(kind: Kind, contract: Contract, day: readonly RecordedExchange[], oracle: Oracle): Mutation[] {
  const chance = random(42, contract.service, kind)
  const found: Mutation[] = []
  for (let tries = 0; tries < EACH * 10 && found.length < EACH; tries += 1) {
    const mutation = mutate(kind, contract, chance.pick(day), oracle, chance)
    if (mutation !== undefined) found.push(mutation)
  }
  return found
}

/** A status changes for all replies that had it; anything else may show in a single one. */
function withMutation(day: readonly RecordedExchange[], { kind, mutated }: Mutation): RecordedExchange[] {
  return day.map((exchange) => {
    if (exchange.at === mutated.at) return mutated
    const before = day.find(({ at }) => at === mutated.at)?.reply?.status
    const alike = kind === 'status' && exchange.operation === mutated.operation && exchange.reply?.status === before
    return alike && exchange.reply ? { ...exchange, reply: { ...exchange.reply, status: mutated.reply?.status as number } } : exchange
  })
}

function compared(contract: Contract, ...days: RecordedExchange[][]): Finding[] {
  const comparison = new Comparison({ contracts: [contract], now: Date.parse('2026-01-19T00:00:00Z') })
  for (const [at, day] of days.entries()) {
    for (const [entry, exchange] of day.entries()) {
      const name = exchange.operation as string
      const match = { name, operation: contract.operations[name] as Contract['operations'][string], params: {} }
      comparison.add({ recording: `day-${at}.har`, entry, exchange, contract, match })
    }
  }
  return comparison.report().findings as Finding[]
}

function isBreaking({ kind, mutated }: Mutation, contract: Contract, oracle: Oracle): boolean {
  if (kind === 'content-type') return mutated.reply?.status !== 204
  if (kind === 'status' || kind === 'header') return true
  return !oracle.keeps(contract, mutated, jsonOf(mutated.reply?.body as Buffer))
}

function missed({ kind, pointer }: Mutation, findings: readonly Finding[]): string | undefined {
  const serious = findings.filter(({ severity }) => severity !== 'information')
  const found = serious.find((finding) => finding.pointer === pointer && finding.change === CHANGES[kind])
  if (found?.verdict === 'provider-changed') return undefined
  return `not found as ${CHANGES[kind]}, but ${serious.map(({ id, verdict }) => `${verdict} ${id}`).join('; ') || 'nothing'}`
}

function falselyAlarmed(findings: readonly Finding[]): string | undefined {
  const serious = findings.filter(({ severity }) => severity !== 'information')
  return serious.length === 0 ? undefined : `a false alarm: ${serious.map(({ id }) => id).join('; ')}`
}
