import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { type Client, clientOf } from './client.ts'
import { live } from './live.ts'

const keys = ['CACHE_TTL_SECONDS', 'MAX_BATCH_SIZE', 'MAX_CPU_CORES', 'WEBSOCKET_MAX_CONNECTIONS', 'METRICS_UPDATE_INTERVAL_SECONDS']

/** Settings that change as a whole or not at all. */
class Settings {
  values: Readonly<Record<string, number>> = {}
  readonly refused: string[] = []
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  async reload(names: readonly string[]): Promise<void> {
    try {
      const read: [string, number][] = []
      for (const name of names) read.push([name, await this.#number(name)])
      this.values = { ...this.values, ...Object.fromEntries(read) }
    } catch (error) {
      this.refused.push((error as Error).message)
    }
  }

  async #number(name: string): Promise<number> {
    const { value } = (await this.#client.ask({ path: `/api/v1/config/${name}`, headers: asks.config.headers })) as { value: string }
    if (!/^\d+$/.test(value)) throw new Error(`${name} is no number: ${value}`)
    return Number(value)
  }
}

test('config-changes-under-load: the change comes between two readings, and holds from then on', async () => {
  await using world = await live('config-changes-under-load', ['config'])
  const client = clientOf(world, 'config')
  const readings = await Promise.all(Array.from({ length: 12 }, () => client.ask() as Promise<{ value: string }>))
  expect(readings.map(({ value }) => value).toSorted()).toEqual([...Array(5).fill('300'), ...Array(7).fill('60')])
  const settings = new Settings(client)
  await settings.reload(keys)
  expect(settings.values.CACHE_TTL_SECONDS).toBe(60)
})

test('config-bad-value: the old value stays, its key is named, and the next good one is taken', async () => {
  await using world = await live('config-bad-value', ['config'])
  const settings = new Settings(clientOf(world, 'config'))
  await settings.reload(keys)
  await settings.reload(keys)
  expect(settings.values.CACHE_TTL_SECONDS).toBe(300)
  expect(settings.refused).toEqual(['CACHE_TTL_SECONDS is no number: soon'])
  await settings.reload(keys)
  expect(settings.refused).toHaveLength(1)
})

test('config-dies-in-the-middle: half a reload changes nothing', async () => {
  await using world = await live('config-dies-in-the-middle', ['config'])
  const settings = new Settings(clientOf(world, 'config'))
  await settings.reload(keys)
  expect([settings.values, settings.refused]).toEqual([{}, ['fetch failed']])
  await settings.reload(keys)
  expect(settings.refused).toHaveLength(2)
  await world.pass(30_000)
  await settings.reload(keys)
  expect(Object.keys(settings.values)).toEqual(keys)
})
