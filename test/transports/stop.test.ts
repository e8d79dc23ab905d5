import { once } from 'node:events'
import { build } from 'esbuild'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { startSuite } from '../../mocks/index.ts'
import { FrameEdge } from '../../mocks/kit/relay/frame-edge.ts'
import type { ScenarioInput } from '../../scenarios/kit/scenario.ts'
import { talk } from './raw.ts'
import { openRelay } from './relayed.ts'

type Inject = NonNullable<ScenarioInput['rules']>[number]['inject']

const strike = (kind: string, ...inject: Inject) => ({ when: { service: 'config', headers: { 'x-kind': kind } }, inject })

/** What a service under test may be in the middle of when its neighbours stop. */
const load: ScenarioInput = {
  name: 'load',
  story: 'Some answers take a moment, some an hour, and some never come.',
  rules: [
    strike('soon', { fault: 'latency', ms: 300 }),
    strike('late', { fault: 'latency', ms: 3_600_000 }),
    strike('never', { fault: 'timeout' }),
    strike('thin', { fault: 'bandwidth', rate: 0.3 }),
  ],
}

async function start() {
  const suite = await startSuite({ services: ['config'], ports: 'auto', scenarios: [load], control: true })
  const matches = () => suite.lane(0).director.playing[0]?.rules.reduce((sum, rule) => sum + rule.matches, 0)
  return { suite, url: suite.url('config'), underWay: (count: number) => expect.poll(matches, { timeout: 10_000, interval: 5 }).toBe(count) }
}

/** What a client makes of one request: the status of a whole answer, or how the connection ended. */
async function ask(url: string, kind: string, n: number): Promise<{ n: number; saw: number | string }> {
  try {
    const reply = await fetch(`${url}/health?n=${n}`, { headers: { 'x-kind': kind } })
    await reply.text()
    return { n, saw: reply.status }
  } catch (error) {
    return { n, saw: ((error as Error).cause as NodeJS.ErrnoException).code ?? 'cut' }
  }
}

test('a stop under load ends within its bound, and every request that was answered or cut is in the journal', { timeout: 9000 }, async () => {
  const { suite, url, underWay } = await start()
  const kinds = Array.from({ length: 120 }, (_, n) => ['soon', 'late', 'never', 'thin'][n % 4] as string)
  const asked = kinds.map((kind, n) => ask(url, kind, n))
  await underWay(120)
  const stopped = suite.stop()
  const seen = await Promise.all(asked)
  await stopped

  const told = (kind: string) => [...new Set(seen.filter(({ n }) => kinds[n] === kind).map(({ saw }) => saw))]
  expect({ soon: told('soon'), thin: told('thin'), late: told('late'), never: told('never') }).toEqual({
    soon: [200],
    thin: [200],
    late: ['ECONNRESET'],
    never: ['UND_ERR_SOCKET'],
  })
  const entries = suite.journal.entries()
  const journalled = new Map(entries.map((entry) => [Number(/n=(\d+)/.exec(entry.request.target)?.[1]), entry]))
  expect([entries.length, journalled.size]).toEqual([120, 120])
  for (const { n, saw } of seen) {
    const { outcome, gone } = journalled.get(n) ?? {}
    expect({ n, outcome, gone }).toEqual({ n, outcome: saw === 200 ? 'reply' : kinds[n] === 'never' ? 'hang' : 'reset', gone: false })
  }
})

test('what a client still asks behind a request under way is answered in its turn', async () => {
  const { suite, url, underWay } = await start()
  const slow = 'GET /health?n=1 HTTP/1.1\r\nhost: x\r\nx-kind: soon\r\n\r\n'
  const conversation = talk(url, `${slow}GET /health?n=2 HTTP/1.1\r\nhost: x\r\n\r\n${slow}`)
  await underWay(2)
  await suite.stop()
  expect(await conversation.end()).toBe('politely')
  expect(conversation.heard().match(/HTTP\/1\.1 200/g)).toHaveLength(3)
})

test('a request without a port is cut as well, and journalled', async () => {
  const suite = await startSuite({ services: ['config'], ports: 'none', scenarios: [load] })
  const late = suite.fetch('config', '/health', { headers: { 'x-kind': 'late' } }).catch((error: Error) => error.cause)
  await expect.poll(() => suite.lane(0).director.playing[0]?.rules[1]?.matches).toBe(1)
  await suite.stop()
  expect(await late).toMatchObject({ code: 'ECONNRESET' })
  expect(suite.journal.entries()).toMatchObject([{ outcome: 'reset', status: null, gone: false }])
})

test('who holds a WebSocket is told that the fake goes away, and so is the real service', async () => {
  const relayed = await openRelay(() => {})
  const sockets = new WebSocketServer({ server: relayed.server })
  const heard = once(sockets, 'connection').then(async ([socket]) => (await once(socket as WebSocket, 'close'))[0] as number)
  const client = new WebSocket(`${relayed.url.replace('http:', 'ws:')}/ws`)
  await once(client, 'open')
  const closed = once(client, 'close')
  await relayed.suite.stop()
  expect([(await closed)[0], await heard]).toEqual([1001, 1001])
  await relayed[Symbol.asyncDispose]()
})

test('that is said between two frames, not in the middle of one', async () => {
  const relayed = await openRelay(() => {})
  const frame = Buffer.concat([Buffer.from([0x82, 126, 0x75, 0x30]), Buffer.alloc(30_000, 7)])
  relayed.server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    socket.write(frame.subarray(0, 10_000))
    socket.once('data', () => socket.write(frame.subarray(10_000)))
    socket.on('error', () => {}).once('end', () => socket.end())
  })
  const client = talk(
    relayed.url,
    'GET /ws HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  await client.until('\x07'.repeat(9_000))
  const stopped = relayed.suite.stop()
  client.socket.write('go on')
  const heard = await client.until('\x88\x02\x03\xe9')
  expect(heard.slice(heard.indexOf('\x82')).length).toBe(frame.length + 4)
  client.socket.destroy()
  await stopped
  await relayed[Symbol.asyncDispose]()
})

test('the edge of a frame is found whatever the pieces are', () => {
  const frames = [
    [0x81, 0x00],
    [0x82, 0x03, 1, 2, 3],
    [0x81, 0x82, 9, 9, 9, 9, 1, 2],
    [0x82, 126, 0x01, 0x00, ...Array(256).fill(7)],
    [0x82, 127, 0, 0, 0, 0, 0, 0, 0x01, 0x2c, ...Array(300).fill(7)],
  ]
  const bytes = Buffer.from(frames.flat())
  const edges = frames.map((_, at) => frames.slice(0, at + 1).flat().length)
  for (const size of [1, 2, 3, 7, 64, 1000, bytes.length]) {
    const edge = new FrameEdge()
    const found: number[] = []
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, at + size)
      const first = edge.pass(piece)
      const inside = edges.filter((one) => one > at && one <= at + piece.length)
      if (first !== undefined) found.push(at + first)
      expect(first === undefined ? undefined : at + first).toBe(inside[0])
      expect(edge.reached).toBe(inside.at(-1) === at + piece.length)
    }
    expect(found.length).toBeGreaterThan(0)
  }
})

const cycles = `
import { readdirSync } from 'node:fs'
import { startSuite } from './mocks/index.ts'

const left = () => ({ timers: process.getActiveResourcesInfo().sort(), files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0 })
const once = async () => {
  const suite = await startSuite({ services: ['config', 'alert'], ports: 'auto', lanes: 2, control: true })
  const reply = await fetch(suite.url('config', 1) + '/health', { headers: { connection: 'close' } })
  await reply.text()
  await suite.stop()
}
// What the system was asked to close is closed a moment later.
const settled = () => new Promise((resolve) => setTimeout(resolve, 50))
await once()
await settled()
const before = left()
for (let round = 0; round < 100; round += 1) await once()
await settled()
console.log(JSON.stringify({ before, after: left() }))
`

test('a hundred starts and stops in one process leave no socket, no timer and no file open, and the process ends by itself', { timeout: 30_000 }, async () => {
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }
  const { outputFiles } = await build({
    stdin: { contents: cycles, resolveDir: '.', loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    banner,
    external: ['msw'],
    logLevel: 'silent',
  })
  const { stdout, exitCode } = await execa(process.execPath, ['--input-type=module'], { input: outputFiles[0]?.text ?? '', timeout: 25_000 })
  const { before, after } = JSON.parse(stdout) as Record<'before' | 'after', { timers: string[]; files: number }>
  expect([exitCode, after]).toEqual([0, before])
})
