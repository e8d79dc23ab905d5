import { once } from 'node:events'
import { mkdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { built, PROGRAM } from './built.ts'
import { isAlive, machine } from './instance.ts'
import { freeOffset, run } from './process.ts'
import { mockSuite } from './recorder.ts'

beforeAll(built, 120_000)

const answers = (url: string) =>
  fetch(`${url}/health`, { headers: { connection: 'close' } }).then(
    ({ ok }) => ok,
    () => false,
  )

test('in the background: start returns when every fake listens; wait, status, env, logs and stop find it by themselves; then nothing is left', async () => {
  const { start, mockSuite, stateOf, files, place } = machine()
  const started = await start()
  expect(started).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('It runs in the background as default, pid') })
  const { pid, addresses } = stateOf('default')
  const [url] = Object.values(addresses.lanes[0]?.services ?? {}) as [string]
  expect(started.stdout).toContain(`config   ${url}`)
  expect(await answers(url)).toBe(true)

  expect(await mockSuite('wait', 'config', '--timeout', '5s')).toMatchObject({ exitCode: 0 })
  const told = await mockSuite('status', '--json')
  expect(JSON.parse(told.stdout)).toMatchObject({ pid, instance: 'default', ready: true, url: addresses.control.url })
  expect((await mockSuite('env')).stdout).toContain(`CONFIG_SERVICE_URL=${url}`)
  expect((await mockSuite('logs')).stdout).toContain(`config   ${url}`)
  expect([statSync(place).mode & 0o777, statSync(`${place}/default.json`).mode & 0o777, statSync(`${place}/default.log`).mode & 0o777]).toEqual([
    0o700, 0o600, 0o600,
  ])

  const stopped = await mockSuite('stop', '--json')
  expect([stopped.exitCode, JSON.parse(stopped.stdout)]).toEqual([0, { schemaVersion: 1, stopped: [{ instance: 'default', pid, forced: false }] }])
  expect([isAlive(pid), files(), await answers(url)]).toEqual([false, [], false])
})

test('--json says of a suite in the background what it says of one in the foreground', async () => {
  const { start, stateOf } = machine()
  const { stdout } = await start('--json', '--lanes', '2')
  const { pid, addresses } = stateOf('default')
  expect(JSON.parse(stdout)).toEqual({ schemaVersion: 1, ...addresses })
  expect(addresses).toMatchObject({ pid, instance: 'default', seed: 42, lanes: [{ lane: 0 }, { lane: 1 }] })
})

test('instances have names of their own, and the token of each is used by itself', async () => {
  const { start, mockSuite } = machine()
  const both = await Promise.all([start('--instance', 'one', '--token', 'sesame'), start('--instance', 'two', '--seed', '7')])
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0])
  const seedOf = async (name: string) => JSON.parse((await mockSuite('status', '--instance', name, '--json')).stdout).seed
  expect([await seedOf('one'), await seedOf('two')]).toEqual([42, 7])
  const { stdout } = await mockSuite('status', '--all', '--json')
  expect(JSON.parse(stdout).instances).toMatchObject([
    { instance: 'one', state: 'running' },
    { instance: 'two', state: 'running' },
  ])
  expect(await mockSuite('status', '--instance', 'three')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('Running are one, two.') })
  expect(await mockSuite('stop', '--all')).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/one \(pid \d+\) has stopped\n.*two/) })
})

test.each(['../x', 'Upper', 'a--b', '-a', 'a/b', '1st', 'a'.repeat(65)])('%s is no name for an instance', async (name) => {
  expect(await mockSuite(['start', 'config', '--detach', `--instance=${name}`])).toMatchObject({
    code: 2,
    err: expect.stringContaining('a name is lower-case words with hyphens between them'),
  })
})

test('a second start of one instance is refused, whoever it is; of two at the same time one wins', async () => {
  const { start, mockSuite, stateOf, files } = machine()
  const twins = await Promise.all([start('--instance', 'twin'), start('--instance', 'twin')])
  expect(twins.map(({ exitCode }) => exitCode).sort()).toEqual([0, 3])
  const refused = await mockSuite('start', 'config', '--ports', 'auto', '--instance', 'twin')
  expect(refused).toMatchObject({ exitCode: 3, stdout: '' })
  expect(refused.stderr).toMatch(
    new RegExp(`could not start the instance twin: it runs already, as pid ${stateOf('twin').pid} since 20.*Stop it with mock-suite stop --instance twin`),
  )
  expect(files()).toEqual(['twin.json', 'twin.log'])
})

test('a suite in the foreground is found by the name that it was given', async () => {
  const { env, mockSuite, files } = machine()
  const child = run(['start', 'config', '--ports', 'auto', '--instance', 'here'], env)
  expect(await mockSuite('wait', '--instance', 'here', '--timeout', '20s')).toMatchObject({ exitCode: 0 })
  expect(await mockSuite('logs', '--instance', 'here')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('it runs in the foreground') })
  expect(await mockSuite('stop', '--instance', 'here')).toMatchObject({ exitCode: 0 })
  expect([(await child).exitCode, files()]).toEqual([0, []])
})

test('where a port is taken nothing starts, and port and holder are named by the one that was asked', async () => {
  const { mockSuite, files } = machine()
  const offset = await freeOffset([8092, 8085, 8070])
  const holder = createServer().listen(8092 + offset, '127.0.0.1')
  await once(holder, 'listening')
  const { exitCode, stdout, stderr } = await mockSuite('start', 'alert', 'config', '--port-offset', String(offset), '--detach')
  holder.close()
  expect([exitCode, stdout, files()]).toEqual([3, '', []])
  expect(stderr).toContain(`config ${8092 + offset}: taken by`)
  expect(stderr).toContain(`(pid ${process.pid})`)
  expect(await answers(`http://127.0.0.1:${8085 + offset}`)).toBe(false)
})

test('a suite that holds a port is named, whoever is in want of the port', async () => {
  const { env, mockSuite } = machine()
  const offset = await freeOffset([8092, 8085, 8070])
  const fixed = ['--port-offset', String(offset)]
  await mockSuite('start', 'config', ...fixed, '--detach', '--instance', 'holder')
  const told = expect.stringMatching(/The instance holder is pid \d+: mock-suite stop --instance holder ends it\./)
  expect(await mockSuite('start', 'config', ...fixed)).toMatchObject({ exitCode: 3, stderr: told })
  expect(await mockSuite('start', 'config', ...fixed, '-d')).toMatchObject({ exitCode: 3, stderr: told })
  expect(await mockSuite('run', '--services', 'config', ...fixed, '--', 'true')).toMatchObject({ exitCode: 3, stderr: told })
  const around = { ...env, MOCK_SUITE_URL: 'http://127.0.0.1:9', MOCK_SUITE_TOKEN: 'wrong' }
  const about = await run(['status', '--instance', 'holder', '--json'], around)
  expect(JSON.parse(about.stdout)).toMatchObject({ instance: 'holder' })
  expect(await run(['status', ...fixed], around)).toMatchObject({ exitCode: 0 })
})

test('stop waits for a start that is under way, and stops what comes of it', async () => {
  const { start, mockSuite, files, place } = machine()
  mkdirSync(place, { mode: 0o700 })
  const starting = start()
  await expect.poll(() => files().length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(await mockSuite('stop')).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('has stopped') })
  expect([(await starting).exitCode, files()]).toEqual([0, []])
})

test('its own mistakes are told as in the foreground, in JSON too', async () => {
  const { mockSuite } = machine()
  const { exitCode, stdout } = await mockSuite('start', 'alrt', '--ports', 'auto', '--detach', '--json')
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    2,
    { schemaVersion: 1, error: { code: 'unknown-service', message: expect.stringContaining('Did you mean') } },
  ])
})

test('what is not ready in time is ended', async () => {
  const { start, files } = machine()
  expect(await start('--timeout', '1ms')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('could not start in the background: it was not within 1 ms'),
  })
  expect(files()).toEqual([])
})

test('a process that dies at once is told with its last words', async () => {
  const { mockSuite, files } = machine()
  const dying = `data:text/javascript,${encodeURIComponent('if (process.env.MOCK_SUITE_LAUNCHED) { console.error("alas"); process.exit(7) }')}`
  const { exitCode, stderr } = await run(['start', 'config', '--ports', 'auto', '-d'], { ...machine().env, NODE_OPTIONS: `--import=${dying}` })
  expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/its process ended at once, with code 7\. Its last words:\nalas/)])
  expect((await mockSuite('status', '--all')).exitCode).toBe(0)
  expect(files).toThrow('ENOENT')
})

test('wait may begin before there is anything to wait for, names what it misses, and tells what is in the way', async () => {
  const { start, mockSuite } = machine()
  expect(await mockSuite('wait', '--instance', 'late', '--timeout', '100ms')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('not ready within 100 ms: could not find the instance late: it is not running'),
  })
  const waiting = mockSuite('wait', 'alert', '--instance', 'late', '--timeout', '25s', '--json')
  expect(await start('--instance', 'late')).toMatchObject({ exitCode: 0 })
  const { exitCode, stdout } = await waiting
  expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { services: [{ service: 'alert', lane: 0 }] }])
  expect(await mockSuite('wait', 'alrt', '--instance', 'late')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Did you mean "alert"?') })
  await mockSuite('scenario', 'play', 'alert-down', '--instance', 'late')
  const { stderr } = await mockSuite('wait', '--instance', 'late', '--timeout', '1500ms')
  expect(stderr).toMatch(/alert does not answer on port \d+: ECONNREFUSED/)
})

test('a log is followed until its suite has stopped', async () => {
  const { start, mockSuite, stateOf } = machine()
  await start()
  const follower = mockSuite('logs', '--follow', '--lines', '0', '--json')
  await expect.poll(() => isAlive(follower.pid as number)).toBe(true)
  const { control } = stateOf('default').addresses
  await once(
    follower.stdout.on('data', () => {}),
    'resume',
  ).catch(() => {})
  await fetch(`${control.url}/healthz`)
  await mockSuite('stop')
  const { exitCode, stdout } = await follower
  expect(exitCode).toBe(0)
  for (const line of stdout.split('\n').filter(Boolean)) expect(JSON.parse(line)).toMatchObject({ schemaVersion: 1, instance: 'default' })
})

test('where nothing runs stop exits 3, unless that is as good', async () => {
  const { mockSuite } = machine()
  expect(await mockSuite('stop')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('could not find the instance default: it is not running. None is.'),
  })
  expect(await mockSuite('stop', '--if-running', '--json')).toMatchObject({ exitCode: 0, stdout: '{"schemaVersion":1,"stopped":[]}' })
})

test('a suite that does not stop in time is told, and ended only when that is asked for', async () => {
  const { start, mockSuite, stateOf, files } = machine()
  await start()
  const { pid } = stateOf('default')
  process.kill(pid, 'SIGSTOP')
  expect(await mockSuite('stop', '--timeout', '200ms')).toMatchObject({ exitCode: 4, stderr: expect.stringContaining(`its process ${pid} is still there`) })
  expect(isAlive(pid)).toBe(true)
  expect(await mockSuite('stop', '--timeout', '200ms', '--force')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('did not stop in time and was ended'),
  })
  expect([isAlive(pid), files().includes('default.json')]).toEqual([false, false])
})

test('with its parent gone it stops', async () => {
  const { env, mockSuite, files } = machine()
  const words = ['start', 'config', '--ports', 'auto', '--instance', 'child', '--with-parent']
  const parent = execa('sh', ['-c', '"$0" "$@" & wait', process.execPath, PROGRAM, ...words], { env, reject: false, stdio: 'ignore', timeout: 30_000 })
  expect(await mockSuite('wait', '--instance', 'child', '--timeout', '20s')).toMatchObject({ exitCode: 0 })
  parent.kill('SIGKILL')
  await parent
  await expect.poll(files, { timeout: 10_000 }).toEqual([])
})

test('in the background nobody is its parent', async () => {
  const { start } = machine()
  expect(await start('--with-parent')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('give one of them') })
})

test('twelve starts and stops leave no process and no file', { timeout: 60_000 }, async () => {
  const { start, mockSuite, stateOf, files } = machine()
  const pids: number[] = []
  const cycle = async (name: string) => {
    for (let round = 0; round < 3; round += 1) {
      expect(await start('--instance', name)).toMatchObject({ exitCode: 0 })
      pids.push(stateOf(name).pid)
      expect(await mockSuite('stop', '--instance', name)).toMatchObject({ exitCode: 0 })
    }
  }
  await Promise.all(['one', 'two', 'three', 'four'].map(cycle))
  expect([pids.length, pids.filter(isAlive), files()]).toEqual([12, [], []])
})
