import { BulkheadRejectedError, bulkhead, TaskCancelledError, TimeoutStrategy, timeout, wrap } from 'cockatiel'
import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { type Asked, clientOf } from './client.ts'
import { live } from './live.ts'

const everybody = Object.keys(asks) as Asked[]

test.each([
  ['alert-slow', 'alert'],
  ['comms-slow', 'comms'],
  ['marketplace-slow', 'marketplace'],
  ['watermark-slow', 'watermark'],
  ['metrics-slow', 'metrics'],
  ['user-slow', 'user'],
  ['config-slow', 'config'],
] as const)('%s: the client gives up before the answer comes, and is served again later', async (scenario, service) => {
  await using world = await live(scenario, [service])
  const client = clientOf(world, service)
  await expect(world.until(client.ask())).rejects.toThrow(TaskCancelledError)
  await world.pass(120_000)
  await expect(client.ask()).resolves.toBeDefined()
})

test('alert-slow: the alert that was given up is sent all the same', async () => {
  await using world = await live('alert-slow', ['alert'])
  await expect(world.until(clientOf(world, 'alert').ask())).rejects.toThrow(TaskCancelledError)
  await world.pass(95_000)
  const status = { path: '/api/v1/alerts/NIFTY_RSI_1768641330/status', headers: asks.alert.headers }
  await expect(clientOf(world, 'alert').ask(status)).resolves.toMatchObject({ signal_id: 'NIFTY_RSI_1768641330' })
})

test('alert-never-answers: the client’s own timeout is all that ends the wait, and comms is served meanwhile', async () => {
  await using world = await live('alert-never-answers', ['alert', 'comms'])
  const [alert, comms] = [clientOf(world, 'alert'), clientOf(world, 'comms')]
  const hanging = expect(world.until(alert.ask())).rejects.toThrow(TaskCancelledError)
  await expect(comms.ask()).resolves.toMatchObject({ success: true })
  await hanging
  await world.pass(30_000)
  await expect(alert.ask()).resolves.toMatchObject({ success: true })
})

test('everything-slow: asked in parallel it costs one wait, one after the other all of them; nobody gives up', async () => {
  await using world = await live('everything-slow', everybody)
  const clients = everybody.map((service) => clientOf(world, service))
  const lasts = async (work: () => Promise<unknown>) => {
    const began = world.suite.clock.now()
    await world.until(work())
    return world.suite.clock.now() - began
  }
  const parallel = await lasts(() => Promise.all(clients.map((client) => client.ask())))
  const sequence = await lasts(async () => {
    for (const client of clients) await client.ask()
  })
  expect(parallel).toBeLessThan(5000)
  expect(sequence).toBeGreaterThan(2 * parallel)
})

test('load-shedding: what would miss the budget is given up, and what would wait for it is shed at once', async () => {
  await using world = await live('load-shedding', ['marketplace', 'user'])
  const clients = [clientOf(world, 'marketplace'), clientOf(world, 'user')]
  // One piece of work at a time, 5000 ms for each: METRICS_BUDGET_CONFIG.max_processing_time_ms.
  const budget = wrap(bulkhead(1), timeout(5000, TimeoutStrategy.Aggressive))
  const work = () => budget.execute(() => Promise.all(clients.map((client) => client.ask())))
  const late = expect(world.until(work())).rejects.toThrow(TaskCancelledError)
  await expect(work()).rejects.toThrow(BulkheadRejectedError)
  await late
  await world.pass(60_000)
  await expect(work()).resolves.toHaveLength(2)
})

test('slow-network: the head is there at once, so only a bound on the whole answer helps', async () => {
  await using world = await live('slow-network', ['user'])
  const reply = await world.suite.fetch('user', asks.user.path)
  expect(reply.status).toBe(200)
  const bounded = timeout(100, TimeoutStrategy.Aggressive)
  await expect(world.until(bounded.execute(() => reply.text()))).rejects.toThrow(TaskCancelledError)
  await expect(world.until(clientOf(world, 'user').ask())).resolves.toMatchObject({ user_id: 'user_123' })
})

test('metrics-lingers: the push is done when its answer is whole, however long the connection stays', async () => {
  await using world = await live('metrics-lingers', ['metrics'])
  await expect(clientOf(world, 'metrics').ask()).resolves.toBe('Metrics accepted')
  expect(world.suite.journal.entries()).toMatchObject([{ operation: 'pushMetrics', faults: [{ fault: 'slow_close' }] }])
  await expect(clientOf(world, 'metrics').ask({ path: '/metrics' })).resolves.toMatch(/^signals_total 1$/m)
})
