import { BrokenCircuitError, CircuitState } from 'cockatiel'
import { expect, test } from 'vitest'
import { clientOf, habits } from './client.ts'
import { live } from './live.ts'

test.each([
  ['alert-breaker-opens', 'alert'],
  ['comms-breaker-opens', 'comms'],
  ['marketplace-breaker-opens', 'marketplace'],
  ['watermark-breaker-opens', 'watermark'],
  ['metrics-breaker-opens', 'metrics'],
  ['user-breaker-opens', 'user'],
] as const)('%s: opens on the last failure, asks no more, half-opens after its time and closes', async (scenario, service) => {
  const { failures, open } = habits[service]
  await using world = await live(scenario, [service])
  const client = clientOf(world, service)
  for (let failure = 1; failure <= failures; failure += 1) {
    expect(client.breaker.state).toBe(CircuitState.Closed)
    await expect(client.ask()).rejects.toMatchObject({ status: 500 })
  }
  expect(client.breaker.state).toBe(CircuitState.Open)
  await world.pass(open - 250)
  await expect(client.ask()).rejects.toThrow(BrokenCircuitError)
  expect(world.asked(service)).toBe(failures)
  await world.pass(250)
  await expect(client.ask()).resolves.toBeDefined()
  expect(client.breaker.state).toBe(CircuitState.Closed)
})

test.each([
  ['alert-breaker-relapses', 'alert'],
  ['marketplace-breaker-relapses', 'marketplace'],
  ['watermark-breaker-relapses', 'watermark'],
] as const)('%s: one failure while half open opens it for its whole time again', async (scenario, service) => {
  const { failures, open } = habits[service]
  await using world = await live(scenario, [service])
  const client = clientOf(world, service)
  for (let failure = 1; failure <= failures; failure += 1) await expect(client.ask()).rejects.toMatchObject({ status: 500 })
  await world.pass(open)
  await expect(client.ask()).rejects.toMatchObject({ status: 500 })
  expect(client.breaker.state).toBe(CircuitState.Open)
  await world.pass(open - 250)
  await expect(client.ask()).rejects.toThrow(BrokenCircuitError)
  await world.pass(250)
  await expect(client.ask()).resolves.toBeDefined()
  expect(client.breaker.state).toBe(CircuitState.Closed)
})

test.each([
  ['alert-breaker-interleaved', 'alert'],
  ['marketplace-breaker-interleaved', 'marketplace'],
  ['watermark-breaker-interleaved', 'watermark'],
] as const)('%s: failures with successes between them never open it', async (scenario, service) => {
  await using world = await live(scenario, [service])
  const client = clientOf(world, service)
  for (let round = 1; round <= 3; round += 1) {
    for (let failure = 1; failure < habits[service].failures; failure += 1) await expect(client.ask()).rejects.toMatchObject({ status: 500 })
    await expect(client.ask()).resolves.toBeDefined()
    expect(client.breaker.state).toBe(CircuitState.Closed)
  }
})
