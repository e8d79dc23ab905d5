import { expect, test } from 'vitest'
import { asks } from './asks.ts'
import { type Client, clientOf } from './client.ts'
import { type Live, live } from './live.ts'

type Report = Record<'alert' | 'comms', 'delivered' | 'failed'>

/** Tells the user through both channels; each fails by itself. */
async function deliver(world: Live): Promise<Report> {
  const through = async (client: Client) =>
    ((await client.ask().catch(() => undefined)) as { success?: boolean } | undefined)?.success === true ? 'delivered' : 'failed'
  const [alert, comms] = await Promise.all([through(clientOf(world, 'alert')), through(clientOf(world, 'comms'))])
  return { alert, comms }
}

test('redundancy-alert-down: comms reaches the user, the report says so, and alert is back later', async () => {
  await using world = await live('redundancy-alert-down', ['alert', 'comms'])
  expect(await deliver(world)).toEqual({ alert: 'failed', comms: 'delivered' })
  await world.pass(60_000)
  expect(await deliver(world)).toEqual({ alert: 'delivered', comms: 'delivered' })
})

test('redundancy-comms-down: alert reaches the user, the report says so, and comms is back later', async () => {
  await using world = await live('redundancy-comms-down', ['alert', 'comms'])
  expect(await deliver(world)).toEqual({ alert: 'delivered', comms: 'failed' })
  await world.pass(60_000)
  expect(await deliver(world)).toEqual({ alert: 'delivered', comms: 'delivered' })
})

test('redundancy-all-down: what is urgent is kept, and delivered once when the channels are back', async () => {
  await using world = await live('redundancy-all-down', ['alert', 'comms'])
  let kept = 1
  const drain = async () => {
    const report = await deliver(world)
    if (Object.values(report).includes('delivered')) kept -= 1
  }
  await drain()
  expect(kept).toBe(1)
  await world.pass(30_000)
  while (kept > 0) await drain()
  expect(world.suite.journal.entries().filter(({ status }) => status !== null && status < 300)).toHaveLength(2)
})

test('alert-channel-fails: success of the alert is not success of each of its channels', async () => {
  await using world = await live('alert-channel-fails', ['alert'])
  const client = clientOf(world, 'alert')
  const wanted = asks.alert.body.channels
  const missed = async () => {
    const { channels_delivered } = (await client.ask()) as { channels_delivered: string[] }
    return wanted.filter((channel) => !channels_delivered.includes(channel))
  }
  expect(await missed()).toEqual(['telegram'])
  expect(await missed()).toEqual([])
})

test('alert-preferences-fail: the screen alone is asked for, and the alert goes through', async () => {
  await using world = await live('alert-preferences-fail', ['alert'])
  const client = clientOf(world, 'alert')
  const preferences = { path: '/api/v1/notifications/preferences?user_id=user_123', headers: asks.alert.headers }
  const channels = async () => ((await client.ask(preferences).catch(() => ({ channels: ['ui'] }))) as { channels: string[] }).channels
  const safe = await channels()
  expect(safe).toEqual(['ui'])
  await expect(client.ask({ ...asks.alert, body: { ...asks.alert.body, channels: safe } })).resolves.toMatchObject({
    success: true,
    channels_delivered: ['ui'],
  })
  await world.pass(60_000)
  expect(await channels()).toContain('telegram')
})

test('comms-bounces: delivered is not the last word', async () => {
  await using world = await live('comms-bounces', ['comms'])
  const client = clientOf(world, 'comms')
  const status = async () => ((await client.ask({ path: '/api/v1/email/status/email_0001', headers: asks.comms.headers })) as { status: string }).status
  expect([await status(), await status()]).toEqual(['delivered', 'bounced'])
})
