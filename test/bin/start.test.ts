import { once } from 'node:events'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { built, PROGRAM } from './built.ts'
import { folder } from './folder.ts'
import { freeOffset, run, start } from './process.ts'

beforeAll(built, 120_000)

const healthy = async (url: string) => ((await (await fetch(`${url}/health`)).json()) as { status: string }).status

test('it says where each fake listens, answers there on both loopback families, and ends well on SIGTERM', async () => {
  const { process: child, services } = await start()
  expect(Object.keys(services)).toEqual(['config', 'alert'])
  for (const url of Object.values(services)) expect([await healthy(url), await healthy(url.replace('127.0.0.1', '[::1]'))]).toEqual(['healthy', 'healthy'])
  child.kill('SIGTERM')
  expect(await child).toMatchObject({ exitCode: 0 })
})

test.each(['SIGINT', 'SIGHUP'] as const)('%s ends it as well', async (signal) => {
  const { process: child } = await start()
  child.kill(signal)
  expect(await child).toMatchObject({ exitCode: 0 })
})

test('a person gets a table, the seed, the control API, and how to stop', async () => {
  const offset = await freeOffset([8092, 8070])
  const child = run(['start', 'config', '--port-offset', String(offset), '--seed', '7'])
  await once(child.stderr, 'data')
  child.kill('SIGINT')
  const { stdout, stderr, exitCode } = await child
  expect(stdout).toContain(`config   http://127.0.0.1:${8092 + offset}`)
  expect(stdout).toMatch(new RegExp(`seed +7\n +control API +http://127\\.0\\.0\\.1:${8070 + offset}`))
  expect(stderr).toContain('Ctrl-C stops it')
  expect(exitCode).toBe(0)
})

test('a random seed is told, so that the run can be had again', async () => {
  const [one, other] = await Promise.all([start(['--seed', 'random']), start(['--seed', 'random'])])
  expect(one.seed).not.toBe(other.seed)
  one.process.kill('SIGTERM')
  other.process.kill('SIGTERM')
  await Promise.all([one.process, other.process])
})

test('a request under way is answered before it stops; new connections are not taken, and /readyz says so', async () => {
  const { process: child, services, control } = await start()
  const socket = await halfARequest(services.config as string)
  child.kill('SIGTERM')
  await expect.poll(() => status(`${control}/readyz`), { timeout: 5000 }).toBe(503)
  await expect.poll(() => status(`${services.alert}/health`), { timeout: 5000 }).toBe('refused')
  socket.write('"}')
  const [reply] = (await once(socket, 'data')) as [Buffer]
  expect(reply.toString()).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(await child).toMatchObject({ exitCode: 0 })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('a second %s ends it at once', async (signal, exitCode) => {
  const { process: child, services, control } = await start()
  const socket = await halfARequest(services.config as string)
  child.kill(signal)
  await expect.poll(() => status(`${control}/readyz`), { timeout: 5000 }).toBe(503)
  child.kill(signal)
  expect(await child).toMatchObject({ exitCode })
  socket.destroy()
})

test('where a port is taken nothing starts, and its holder is named', async () => {
  const offset = await freeOffset([8092, 8085, 8070])
  const holder = createServer().listen(8092 + offset, '127.0.0.1')
  await once(holder, 'listening')
  const { exitCode, stdout, stderr } = await run(['start', 'alert', 'config', '--port-offset', String(offset)])
  expect([exitCode, stdout]).toEqual([3, ''])
  expect(stderr).toContain(`config ${8092 + offset}: taken by`)
  expect(stderr).toContain(`(pid ${process.pid})`)
  expect(await status(`http://127.0.0.1:${8085 + offset}/health`)).toBe('refused')
  holder.close()
})

test('it goes on when nobody reads what it prints any more', async () => {
  const { process: child, services } = await start()
  child.stdout.destroy()
  child.stderr.destroy()
  await fetch(`${services.config}/nowhere`)
  expect(await healthy(services.config as string)).toBe('healthy')
  child.kill('SIGTERM')
  expect((await child).exitCode).toBe(0)
})

test.skipIf(process.platform !== 'linux')('what could not be written, as on a full disk, is told and fails', async () => {
  const { exitCode, stderr } = await execa('sh', ['-c', 'exec "$0" "$1" contracts list > /dev/full', process.execPath, PROGRAM], { reject: false })
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('could not write to standard output: ENOSPC')])
})

test('an error that nobody caught is told and counted, and the fakes go on answering', async () => {
  const stray = `data:text/javascript,${encodeURIComponent('process.on("SIGUSR2", () => { setImmediate(() => { throw new Error("astray") }); Promise.reject(new Error("lost")) })')}`
  const { process: child, services } = await start([], { NODE_OPTIONS: `--import=${stray}` })
  child.kill('SIGUSR2')
  await expect.poll(() => healthy(services.config as string)).toBe('healthy')
  child.kill('SIGTERM')
  const { exitCode, stderr } = await child
  expect(exitCode).toBe(0)
  expect(stderr).toContain('survived a stray error (1 so far): Error: ')
  expect(stderr).toContain('stopped; 2 stray errors were survived on the way')
})

test('lanes, a world file, a frozen clock and strictness are as asked', async () => {
  const { process: child, control, services } = await start(['--clock', '2026-01-17T09:15:30Z', '--lanes', '2', '--strict-auth', '--journal-limit', '1'])
  await healthy(services.config as string)
  await healthy(services.config as string)
  const lanes = (await (await fetch(`${control}/v1/lanes`)).json()) as object[]
  expect(lanes).toMatchObject([
    { now: '2026-01-17T09:15:30.000Z', frozen: true, requests: 2, dropped: 1 },
    { lane: 1, requests: 0 },
  ])
  expect(await (await fetch(`${control}/v1/suite`)).json()).toMatchObject({ strict_auth: true, lanes: 2 })
  child.kill('SIGTERM')
  await child
})

test('the journal is followed as it happens, an object a line', async () => {
  const { process: child, services, control } = await start()
  await fetch(`${services.config}/health`)
  const follower = run(['journal', '--follow', '--json', '--url', control])
  const lines = follower.iterable({ from: 'stdout' })
  const next = async () => JSON.parse((await lines.next()).value as string) as object
  expect(await next()).toMatchObject({ schemaVersion: 1, seq: 1, operation: 'health' })
  await fetch(`${services.config}/nowhere`)
  expect(await next()).toMatchObject({ schemaVersion: 1, seq: 2, operation: null, status: 404 })
  child.kill('SIGTERM')
  expect((await child).exitCode).toBe(0)
  expect((await follower).exitCode).toBe(0)
})

test('the compiled code beside the program is taken by the Node that built it', async () => {
  const ask = "import { warm } from './dist/bin/commands/starters.js'; process.stdout.write(String(warm))"
  expect(await execa(process.execPath, ['--input-type=module', '-e', ask], { timeout: 30_000 })).toMatchObject({ stdout: 'true' })
})

test.each(['broken', 'missing'])('it starts as well where that code is %s', async (state) => {
  const copy = folder()
  cpSync('dist/bin', copy, { recursive: true })
  const cache = join(copy, 'commands/starters.cjs.cache')
  if (state === 'missing') rmSync(cache)
  else writeFileSync(cache, readFileSync(cache).subarray(0, 5000).reverse())
  const { exitCode, stderr } = await execa(process.execPath, [join(copy, 'mock-suite.js'), 'start', 'alrt'], { reject: false, timeout: 30_000 })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('there is no service of that name')])
})

test('who follows the journal is told when the suite goes away, and leaves with the reader of what he prints', async () => {
  const { process: child, services, control } = await start()
  const follow = () => run(['journal', '--follow', '--url', control])
  const [left, cut] = [follow(), follow()]
  await fetch(`${services.config}/health`)
  await Promise.all([once(left.stdout, 'data'), once(cut.stdout, 'data')])
  left.stdout.destroy()
  await fetch(`${services.config}/health`)
  expect((await left).exitCode).toBe(0)
  child.kill('SIGKILL')
  await child
  expect(await cut).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('could not go on following') })
})

test.each([
  [['start', 'alrt'], /there is no service of that name|Did you mean/],
  [['start-all', '--world', 'no-such-file.yaml'], /could not read the world file no-such-file\.yaml/],
  [['start-all', '--clock', 'yesterday'], /could not read the instant "yesterday"/],
  [['start'], /service is missing/],
])('%j is refused with exit 2', async (words, message) => {
  const { exitCode, stdout, stderr } = await run(words)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
})

/** A request whose body is still to end; that the fake waits for it is known by its 100 Continue. */
async function halfARequest(url: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`POST /api/v1/secrets HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: 20\r\nexpect: 100-continue\r\n\r\n`)
  await once(socket, 'data')
  socket.write('{"secret_key": "AB')
  return socket
}

async function status(url: string): Promise<number | 'refused'> {
  try {
    return (await fetch(url, { headers: { connection: 'close' } })).status
  } catch {
    return 'refused'
  }
}

test.each(['10.99.99.99', '999.1.1.1'])('a host that is not this machine’s (%s) is told as that, not as a taken port', async (host) => {
  const { exitCode, stderr } = await run(['start', 'config', '--ports', 'auto', '--host', host, '--no-control'])
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/could not listen on .*the machine has no such address/)
})
