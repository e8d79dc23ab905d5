import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import getPort from 'get-port'
import { expect, test } from 'vitest'
import { type Suite, type SuiteOptions, suiteOf } from '../../mocks/kit/suite.ts'
import { inProcessOf } from '../../mocks/kit/transports/in-process.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'
import { folder } from '../bin/folder.ts'
import { controlOf } from './control-in-process.ts'
import { around, edition, type Told } from './edition.ts'

const first = around(edition('north', 1), edition('south', 1))
const second = around(edition('north', 2), edition('south', 2))
const start = (options: SuiteOptions = {}) => suiteOf(first)({ ports: 'none', clock: '2026-01-17T09:15:30Z', ...options })
const tell = async (suite: Suite, service = 'north', lane = 0) => (await (await suite.fetch(service, '/tell', { lane })).json()) as Told

/** A scenario of one rule for `/tell`. */
const story = (name: string, inject: NonNullable<ScenarioInput['rules']>[number]['inject']): ScenarioInput => ({
  name,
  story: 'What a test plays.',
  rules: [{ when: { operation: 'tell' }, inject }],
})
const yaml = (scenario: ScenarioInput) => JSON.stringify(scenario)
const playing = (suite: Suite, lane = 0) => suite.lane(lane).director.playing.map(({ scenario }) => scenario.name)

test('other contracts, mocks and records take the place of those that ran, in every lane', async () => {
  await using suite = await start({ lanes: 2 })
  expect([await tell(suite), await tell(suite, 'south', 1)]).toMatchObject([{ code: 1, record: 1 }, { code: 1 }])
  const world = { settings: [{ key: 'CACHE_TTL_SECONDS', value: '60' }] }
  expect(await suite.renew({ neighbourhood: second, world })).toEqual({ reset: true })
  for (const lane of [0, 1]) expect(await tell(suite, 'south', lane)).toMatchObject({ code: 2, record: 2, ttl: '60' })
  expect((await suite.fetch('north', '/only/1')).status).toBe(404)
  expect((await suite.fetch('north', '/only/2')).status).toBe(200)
})

test('it is a reset: journal and ids begin anew, watchers are told, timers are fenced off; only the clock stays where it is', async () => {
  await using suite = await start()
  const before = await tell(suite)
  suite.clock.advance('61s')
  let late = 0
  suite.clock.after('10s', () => {
    late += 1
  })
  const told: unknown[] = []
  const lane = suite.lane(0)
  lane.onReset((reset) => told.push({ ...reset, heard: lane.journal.total }))
  await suite.renew({ neighbourhood: second })
  expect(told).toEqual([{ lane: 0, generation: 1, fenced: 1, heard: 1 }])
  expect([suite.journal.total, suite.clock.iso(), suite.clock.frozen]).toEqual([0, '2026-01-17T09:16:31.000Z', true])
  suite.clock.advance('1m')
  expect([late, (await tell(suite)).id]).toEqual([0, before.id])
  expect(suite.reset()).toEqual({ fenced: 0 })
  expect([lane.generation, await tell(suite)]).toMatchObject([2, { code: 2, record: 2 }])
})

test.each([
  ['a mock that throws while it fills its tables', { neighbourhood: around(edition('north', 2), edition('south', 2, { seeding: fail })) }, 'bad-mock'],
  ['a contract that cannot be spelt out', { neighbourhood: around(edition('north', 2), edition('south', 2, { reading: fail })) }, 'bad-mock'],
  ['a world with a table that there is not', { neighbourhood: second, world: { colours: [] } }, 'bad-world'],
  ['a record that names what there is not', { neighbourhood: second, world: { settings: [{ key: 1 }] } }, 'invalid-record'],
  [
    'a scenario that names what no contract has',
    {
      neighbourhood: second,
      scenarios: [{ ...story('lost', []), rules: [{ when: { operation: 'only1' }, inject: [{ fault: 'latency', ms: 1 }] }] }],
    },
    'bad-scenario',
  ],
  ['a scenario that is nowhere', { world: {}, scenarios: ['nowhere.yaml'] }, 'unknown-scenario'],
  ['a service that is not there', { neighbourhood: second, services: ['west'] }, 'unknown-service'],
] as const)('%s leaves everything as it was', async (_, change, code) => {
  await using suite = await start({ lanes: 2, scenarios: [story('slow', [{ fault: 'latency', ms: 0 }])] })
  const before = [await tell(suite), suite.journal.entries(), playing(suite)]
  await expect(suite.renew(change as never)).rejects.toMatchObject({ name: 'MockSuiteError', code })
  expect([before[0], suite.journal.entries(), playing(suite)]).toEqual(before)
  expect([suite.lane(1).generation, suite.services, await tell(suite, 'south', 1)]).toMatchObject([0, ['north', 'south'], { code: 1, record: 1 }])
})

test('under load, no request fails over twenty renewals, and each is answered by one edition alone', { timeout: 30_000 }, async () => {
  await using suite = await suiteOf(first)({ ports: 'auto', lanes: 2 })
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  let done = false
  const answers: Told[] = []
  const load = async (service: string, lane: number) => {
    while (!done) answers.push(await ask(`${suite.url(service, lane)}/tell`, agent))
  }
  const loads = ['north', 'south'].flatMap((service) => [0, 0, 1, 1].map((lane) => load(service, lane)))
  for (let number = 2; number <= 21; number += 1) {
    const seen = answers.length
    await expect.poll(() => answers.length, { timeout: 5000, interval: 1 }).toBeGreaterThan(seen + 20)
    await suite.renew({
      neighbourhood: around(edition('north', number), edition('south', number)),
      world: { settings: [{ key: 'CACHE_TTL_SECONDS', value: String(number) }] },
    })
  }
  const seen = answers.length
  await expect.poll(() => answers.length, { timeout: 5000, interval: 1 }).toBeGreaterThan(seen + 20)
  done = true
  await Promise.all(loads)
  agent.destroy()
  expect(answers.filter(({ code, record, ttl }) => code !== record || (code > 1 && ttl !== String(code)))).toEqual([])
  expect(new Set(answers.map(({ code }) => code)).size).toBe(21)
})

test('connections and ports stay: the next request on an open connection meets what is new', async () => {
  await using suite = await start({ ports: 'auto' })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const url = suite.url('north')
  const sockets = new Set<Socket>()
  const told = async () => (await ask(`${url}/tell`, agent, (socket) => sockets.add(socket))).code
  const codes = [await told()]
  await suite.renew({ neighbourhood: second })
  codes.push(await told())
  await suite.renew({ neighbourhood: first })
  codes.push(await told())
  agent.destroy()
  expect([codes, sockets.size, suite.url('north')]).toEqual([[1, 2, 1], 1, url])
})

test('a request under way finishes with what it met, however late; the new journal has nothing of it', async () => {
  await using suite = await start()
  await suite.play(story('slow', [{ fault: 'latency', ms: 5000, at: 'before' }]))
  const slow = tell(suite)
  await suite.renew({ neighbourhood: second })
  suite.clock.advance('5s')
  expect(await slow).toMatchObject({ code: 1, record: 1 })
  expect(suite.journal.total).toBe(0)
  const next = tell(suite)
  await new Promise(setImmediate)
  suite.clock.advance('5s')
  expect(await next).toMatchObject({ code: 2, record: 2 })
})

test('a reset after a renewal also cuts what a former edition had under way', async () => {
  await using suite = await start()
  await suite.play(story('slow', [{ fault: 'latency', ms: 5000 }]))
  const slow = tell(suite)
  await suite.renew({ neighbourhood: second })
  expect(suite.reset()).toEqual({ fenced: 1 })
  await expect(slow).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
})

test('what plays goes on, from its beginning', async () => {
  await using suite = await start()
  await suite.play({ ...story('once', []), rules: [{ when: { operation: 'tell' }, times: 1, inject: [{ fault: 'close' }] }] })
  for (const neighbourhood of [second, first]) {
    await expect(tell(suite)).rejects.toThrow('fetch failed')
    await tell(suite)
    await suite.renew({ neighbourhood })
  }
  await expect(tell(suite)).rejects.toThrow('fetch failed')
})

test('what somebody plays must fit what is to come', async () => {
  await using suite = await start()
  await suite.play({ ...story('of-edition-1', []), rules: [{ when: { operation: 'only1' }, inject: [{ fault: 'latency', ms: 1 }] }] })
  await expect(suite.renew({ neighbourhood: second })).rejects.toThrow(/could not renew the suite: of-edition-1, which plays in lane 0, does not fit: .*only1/)
  expect(await tell(suite)).toMatchObject({ code: 1 })
})

test('scenarios alone leave records, journal and clock: those that changed begin anew, new ones begin, those that went are stopped', async () => {
  const [changed, same] = [join(folder(), 'changed.yaml'), join(folder(), 'same.yaml')]
  writeFileSync(changed, yaml(story('changed', [{ fault: 'latency', ms: 0 }])))
  writeFileSync(same, yaml(story('same', [{ fault: 'latency', ms: 0 }])))
  await using suite = await start({ lanes: 2, scenarios: [changed, same] })
  suite.lane(1).director.stop('changed')
  await tell(suite)
  const [, former] = suite.lane(0).director.playing
  writeFileSync(changed, yaml(story('renamed', [{ fault: 'latency', ms: 0 }])))
  expect(await suite.renew({})).toEqual({ reset: false })
  expect([playing(suite), playing(suite, 1)]).toEqual([['same', 'renamed'], ['same']])
  expect(suite.lane(0).director.playing[0]).toBe(former)
  expect([former?.rules[0]?.matches, suite.journal.total, suite.lane(0).generation]).toEqual([1, 1, 0])

  rmSync(changed)
  await expect(suite.renew({})).rejects.toMatchObject({ code: 'unknown-scenario' })
  await suite.renew({ scenarios: [same, story('new', [{ fault: 'latency', ms: 0 }])] })
  expect([playing(suite), playing(suite, 1)]).toEqual([
    ['same', 'new'],
    ['same', 'new'],
  ])
  await suite.renew({ scenarios: [] })
  expect(playing(suite)).toEqual([])
})

test('a scenario that somebody has put in place of one of a file is theirs', async () => {
  const file = join(folder(), 'story.yaml')
  writeFileSync(file, yaml(story('story', [{ fault: 'latency', ms: 0 }])))
  await using suite = await start({ scenarios: [file] })
  await suite.play(story('story', [{ fault: 'latency', ms: 7 }]))
  const [theirs] = suite.lane(0).director.playing
  writeFileSync(file, yaml(story('story', [{ fault: 'latency', ms: 1 }])))
  await suite.renew({})
  await suite.renew({ scenarios: [] })
  expect(suite.lane(0).director.playing).toEqual([theirs])
})

test('services come with a port of their own, and go with theirs', async () => {
  await using suite = await start({ ports: 'auto' })
  const south = suite.url('south')
  await suite.renew({ neighbourhood: around(edition('north', 2), edition('west', 2)) })
  expect(suite.services).toEqual(['north', 'west'])
  expect(await ask(`${suite.url('west')}/tell`)).toMatchObject({ code: 2 })
  expect(Object.keys(suite.env())).toEqual(['NORTH_URL', 'WEST_URL'])
  await expect(ask(`${south}/tell`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect(() => suite.url('south')).toThrow('could not find the service south')
})

test('where the port of one that comes is taken, none comes and none goes', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const port = (holder.address() as { port: number }).port
  await using suite = await start({ ports: 'fixed' })
  const coming = around(edition('west', 2, { port: await getPort() }), edition('east', 2, { port }))
  await expect(suite.renew({ neighbourhood: coming })).rejects.toMatchObject({ code: 'port-taken' })
  expect([suite.services, await ask(`${suite.url('north')}/tell`)]).toMatchObject([['north', 'south'], { code: 1 }])
  holder.close()
})

test('a service whose contract names another port moves there, and moves on with the next edition', async () => {
  const [one, other] = [await getPort(), await getPort()]
  await using suite = await suiteOf(around(edition('north', 1, { port: one })))({ ports: 'fixed' })
  await suite.renew({ neighbourhood: around(edition('north', 2, { port: other })) })
  expect([suite.url('north'), await ask(`${suite.url('north')}/tell`)]).toMatchObject([`http://127.0.0.1:${other}`, { code: 2 }])
  await expect(ask(`http://127.0.0.1:${one}/tell`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await suite.renew({ neighbourhood: around(edition('north', 3, { port: other })) })
  expect(await ask(`${suite.url('north')}/tell`)).toMatchObject({ code: 3, record: 3 })
})

test('the control API tells of what runs by now', async () => {
  await using suite = await start()
  const control = controlOf(suite)
  const paths = () => Object.keys((control.get('/openapi.json').body as { paths: object }).paths)
  expect(paths().some((path) => path.includes('/only/1'))).toBe(true)
  await suite.renew({ neighbourhood: around(edition('west', 2)) })
  expect(paths().filter((path) => path.includes('/only/'))).toEqual([expect.stringContaining('/only/2')])
  expect(control.get('/v1/suite').body).toMatchObject({ services: ['west'] })
  expect((control.get('/v1/contracts').body as { service: string }[]).map(({ service }) => service)).toEqual(['west', 'control'])
})

test('coverage outlives a renewal; operations that are gone drop out of it', async () => {
  await using suite = await start()
  await suite.fetch('north', '/only/1')
  await tell(suite)
  await suite.renew({ neighbourhood: second })
  expect(suite.coverage().operations).toMatchObject([{ service: 'north', operation: 'tell', calls: 1 }])
})

test('renewals follow each other in the order in which they were asked for', async () => {
  await using suite = await start()
  const seen: number[] = []
  const numbers = [2, 3, 4]
  await Promise.all(
    numbers.map((number) => suite.renew({ neighbourhood: around(edition('north', number)) }).then(async () => seen.push((await tell(suite)).code))),
  )
  expect([seen.at(-1), suite.lane(0).generation]).toEqual([4, 3])
})

test('a suite that stops is not renewed, and leaves no port open', async () => {
  const suite = await start({ ports: 'auto' })
  const renewed = suite.renew({ neighbourhood: around(edition('north', 2), edition('west', 2)) })
  const outcome = expect(renewed).rejects.toMatchObject({ code: 'not-running' })
  await suite.stop()
  await outcome
})

test('over msw as well', async () => {
  const inProcess = inProcessOf(suiteOf(around(edition('north', 1, { port: 8201 }))))
  await using suite = await inProcess()
  await suite.renew({ neighbourhood: around(edition('north', 2, { port: 8201 }), edition('west', 2, { port: 8202 })) })
  const codes = ['http://north:8201/tell', 'http://west:8202/tell'].map(async (url) => ((await (await fetch(url)).json()) as Told).code)
  expect(await Promise.all(codes)).toEqual([2, 2])
})

/** One request over a socket. */
function ask(url: string, agent?: Agent, seen: (socket: Socket) => void = () => {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const request = get(url, { ...(agent === undefined ? {} : { agent }) }, async (response) => {
      const chunks = await response.toArray()
      if (response.statusCode === 200) resolve(JSON.parse(Buffer.concat(chunks).toString()))
      else reject(new Error(`${response.statusCode}`))
    })
    request.on('socket', seen)
    request.on('error', reject)
  })
}

function fail(): void {
  throw new Error('no such luck')
}
