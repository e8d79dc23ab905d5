import { expect, test } from 'vitest'
import { config } from '../../contracts/config.ts'
import type { WireReply } from '../../contracts/kit/message.ts'
import type { Backend } from '../../mocks/kit/backend.ts'
import { Fence } from '../../mocks/kit/fence.ts'
import { Journal } from '../../mocks/kit/journal.ts'
import { Service } from '../../mocks/kit/service.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import { Director } from '../../scenarios/kit/director.ts'
import { parseScenario } from '../../scenarios/kit/load.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'

const asked: string[] = []

/** Answers when the real service has: a turn of the event loop later, as everything behind a socket does. */
const behindASocket: Backend = {
  contract: config,
  async answer({ target }) {
    await new Promise(setImmediate)
    asked.push(target)
    return { reply: { status: 200, headers: ['content-type', 'application/json'], body: '{"status":"healthy"}' }, violations: [] }
  },
}

function door(scenario: ScenarioInput) {
  const clock = new Clock('2026-01-17T09:15:30Z')
  const director = new Director({ seed: 42, lane: 0, clock, contracts: [config], door: () => {} })
  director.play(parseScenario(scenario, { contracts: [config] }))
  const [journal, fence] = [new Journal(0, 100), new Fence()]
  const service = new Service(behindASocket, { clock, director, journal, fence, complain: () => {} })
  const ask = () => service.handle({ method: 'GET', target: '/health', rawHeaders: [], body: Buffer.alloc(0), tooLarge: false, gone: false })
  return { clock, journal, fence, ask }
}

const health = { service: 'config', operation: 'health' }

test('faults stand in front of anything that answers, also of the real service behind a relay', async () => {
  asked.length = 0
  const { clock, journal, ask } = door({ name: 'late', story: 'Answers late.', rules: [{ when: health, inject: [{ fault: 'latency', ms: 800 }] }] })
  const answer = ask()
  while (asked.length === 0) await new Promise(setImmediate)
  expect(journal.total).toBe(0)
  while (journal.total === 0) {
    clock.advance('800ms')
    await new Promise(setImmediate)
  }
  expect(await answer).toMatchObject({ kind: 'reply', reply: { status: 200 } satisfies Partial<WireReply> })
  expect(journal.entries()[0]?.faults).toMatchObject([{ scenario: 'late', told: 'wait 800 ms' }])
})

test('an answer may be lost after the real service has done the work', async () => {
  asked.length = 0
  const { ask } = door({ name: 'lost', story: 'Loses answers.', rules: [{ when: health, inject: [{ fault: 'reset', at: 'after' }] }] })
  expect(await ask()).toEqual({ kind: 'reset' })
  expect(asked).toEqual(['/health'])
})

test('a reset while the real service is still at it ends the exchange, and counts it', async () => {
  const { fence, journal, ask } = door({ name: 'plain', story: 'Nothing.', rules: [{ when: health, chance: 0, inject: [{ fault: 'reset' }] }] })
  const answer = ask()
  expect(fence.reset()).toBe(1)
  expect(await answer).toEqual({ kind: 'reset' })
  await new Promise(setImmediate)
  expect(journal.total).toBe(0)
})
