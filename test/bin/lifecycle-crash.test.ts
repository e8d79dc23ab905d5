import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { built, PROGRAM } from './built.ts'
import { folder } from './folder.ts'
import { isAlive, machine } from './instance.ts'
import { run, serve } from './process.ts'

beforeAll(built, 120_000)

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s to a suite in the background stops it in order', async (signal) => {
  const { start, stateOf, files } = machine()
  await start()
  const { pid } = stateOf('default')
  process.kill(pid, signal)
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
  expect(files()).toEqual([])
})

test('after a SIGKILL its last words are still there; the next start cleans up, and says so', async () => {
  const { start, mockSuite, stateOf, files } = machine()
  await start()
  const { pid } = stateOf('default')
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isAlive(pid)).toBe(false)
  expect(await mockSuite('wait', '--timeout', '50ms', '--instance', 'default')).toMatchObject({ exitCode: 4 })
  expect((await mockSuite('logs')).stdout).toContain('control API')
  const told = `cleaned up after the instance default: its process ${pid} ended without a word`
  expect(await start()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(told) })
  expect((await mockSuite('logs')).stdout).toContain(told)
  expect(stateOf('default').pid).not.toBe(pid)
  expect(files()).toEqual(['default.json', 'default.log'])
})

test.each(['status', 'stop'])('%s cleans up after it too', async (command) => {
  const { start, mockSuite, stateOf, files } = machine()
  await start('--instance', 'gone')
  process.kill(stateOf('gone').pid, 'SIGKILL')
  await expect.poll(() => isAlive(stateOf('gone').pid)).toBe(false)
  expect(await mockSuite(command, '--instance', 'gone')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('cleaned up after the instance gone') })
  expect(files()).toEqual(['gone.log'])
})

test.each([
  ['a number that is another process’s now', { pid: process.pid, processStart: 'long ago' }, 'is another process’s now'],
  ['a file that was cut', undefined, 'its state is not whole'],
  ['a file of another version', { format: 99 }, 'its number 1 is another process’s now'],
])('%s is no suite', async (_what, changed, reason) => {
  const { start, mockSuite, place, stateOf } = machine()
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const state = {
    format: 1,
    instance: 'default',
    pid: 1,
    processStart: '0',
    startedAt: '2026-01-17T09:15:30.000Z',
    version: '0.1.0',
    addresses: { pid: 1, seed: 42, control: { url: 'http://127.0.0.1:1', token: 'a' }, lanes: [] },
    log: null,
  }
  const text = JSON.stringify({ ...state, ...changed })
  writeFileSync(join(place, 'default.json'), changed === undefined ? text.slice(0, 60) : text)
  const { stdout, stderr } = await mockSuite('status', '--all')
  expect(stdout).toMatch(/default +stale/)
  expect(stderr.replace("'", '’')).toContain(reason)
  expect(await start()).toMatchObject({ exitCode: 0 })
  expect(stateOf('default').pid).not.toBe(1)
})

test('a start that died in the middle keeps nobody from starting', async () => {
  const { start, place } = machine()
  mkdirSync(place, { recursive: true, mode: 0o700 })
  const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim()
  writeFileSync(join(place, `default.claim.${dead}.1`), 'starting\n')
  writeFileSync(join(place, `default.claim.${process.pid}.1`), 'starting\n')
  expect(await start()).toMatchObject({ exitCode: 0 })
  expect(readdirSync(place).sort()).toEqual(['default.json', 'default.log'])
})

test('without a home it is kept with the temporary files, and found there', async () => {
  const { env, mockSuite } = machine({ XDG_STATE_HOME: undefined, HOME: undefined })
  expect(await mockSuite('start', 'config', '--ports', 'auto', '-d')).toMatchObject({ exitCode: 0 })
  expect(readdirSync(join(env.TMPDIR, `mock-suite-${process.getuid?.()}`)).sort()).toEqual(['default.json', 'default.log'])
  expect(await run(['status'], { ...env, HOME: folder() })).toMatchObject({ exitCode: 0 })
  expect(await mockSuite('stop')).toMatchObject({ exitCode: 0 })
})

/** A file where a folder is wanted. Not a mode: the superuser would not mind. */
function blocked(): string {
  const file = join(folder(), 'in-the-way')
  writeFileSync(file, '')
  return file
}

test('a home that cannot be written to is passed over', async () => {
  const { env, mockSuite } = machine({ XDG_STATE_HOME: blocked() })
  expect(await mockSuite('start', 'config', '--ports', 'auto', '-d')).toMatchObject({ exitCode: 0 })
  expect(readdirSync(env.TMPDIR)).toEqual([`mock-suite-${process.getuid?.()}`])
  expect(await mockSuite('stop')).toMatchObject({ exitCode: 0 })
})

test('where nothing can be written at all it stays in the foreground, or says why it cannot leave it', async () => {
  const { env, mockSuite } = machine({ XDG_STATE_HOME: blocked(), TMPDIR: blocked() })
  const { exitCode, stderr } = await mockSuite('start', 'config', '--ports', 'auto', '-d')
  expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/could not keep what is known of an instance.*\n.*ENOTDIR.*\n.*\nMake one of them writable/)])
  const { process: child, control } = await serve(['start', 'config', '--ports', 'auto', '--instance', 'here'], env)
  expect((await fetch(`${control}/healthz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await child).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('nobody will find this suite as here') })
})

test('what a stranger has laid into the folder of temporary files is neither read nor written', async () => {
  const { env, mockSuite } = machine({ XDG_STATE_HOME: blocked() })
  const elsewhere = folder()
  symlinkSync(elsewhere, join(env.TMPDIR, `mock-suite-${process.getuid?.()}`))
  expect(await mockSuite('start', 'config', '--ports', 'auto', '-d')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('it is no folder') })
  expect(readdirSync(elsewhere)).toEqual([])
})

/** A disk of 64 KB that has no room left; nothing where this user may not mount one. */
function fullDisk(): string | undefined {
  const place = folder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', place], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', ['-l', place]))
  try {
    for (let n = 0; ; n += 1) writeFileSync(join(place, `full-${n}`), Buffer.alloc(4096))
  } catch {
    return place
  }
}

test('a disk that is full is passed over, and what was begun there is taken back', async ({ skip }) => {
  const full = fullDisk()
  if (full === undefined) return skip('this user may not mount a disk')
  const { env, mockSuite } = machine({ XDG_STATE_HOME: full })
  expect(await mockSuite('start', 'config', '--ports', 'auto', '-d')).toMatchObject({ exitCode: 0 })
  expect(readdirSync(join(env.TMPDIR, `mock-suite-${process.getuid?.()}`))).toContain('default.json')
  expect(await mockSuite('stop')).toMatchObject({ exitCode: 0 })
  expect(readdirSync(full).flatMap((name) => (name === 'mock-suite' ? readdirSync(join(full, name)) : []))).toEqual([])
})

/** Runs a command on a terminal, and closes that when a text is there. */
const TERMINAL = `
import os, pty, sys
text, command = sys.argv[1].encode(), sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
heard = b""
while text not in heard:
    heard += os.read(terminal, 1024)
os.close(terminal)
os.waitpid(pid, 0)
`

function onTerminal(text: string, words: readonly string[], env: NodeJS.ProcessEnv) {
  return execa('python3', ['-c', TERMINAL, text, process.execPath, PROGRAM, ...words], { env, reject: false, timeout: 30_000 })
}

test('a terminal that is closed stops the suite in it, and no other', async () => {
  const { env, mockSuite, stateOf, files } = machine()
  const words = ['start', 'config', '--ports', 'auto']
  expect(await onTerminal('ends it', [...words, '--detach', '--instance', 'behind'], env)).toMatchObject({ exitCode: 0 })
  // All is done before the very end, at which Node itself aborts: it cannot put back how a terminal was that is gone.
  expect((await onTerminal('Ctrl-C stops it', [...words, '--instance', 'before'], env)).exitCode).toBe(0)
  expect(files()).toEqual(['behind.json', 'behind.log'])
  expect(isAlive(stateOf('behind').pid)).toBe(true)
  expect(readFileSync(stateOf('behind').log, 'utf8')).toContain('control API')
  expect(await mockSuite('stop', '--instance', 'behind')).toMatchObject({ exitCode: 0 })
})

test.each([
  ['a folder', (path: string) => mkdirSync(path)],
  ['a pipe that nobody writes into', (path: string) => execFileSync('mkfifo', [path])],
  ['a link to what has no end', (path: string) => symlinkSync('/dev/zero', path)],
])('%s in place of a state is no suite, and in nobody’s way', async (_what, make) => {
  const { start, mockSuite, place } = machine()
  mkdirSync(place, { recursive: true, mode: 0o700 })
  make(join(place, 'default.json'))
  expect(await mockSuite('status', '--all')).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('No suite has a name here') })
  expect(await start()).toMatchObject({ exitCode: 0 })
  expect(await mockSuite('stop')).toMatchObject({ exitCode: 0 })
})

test('a suite that another version has started is not taken for gone: it keeps its name, and can be stopped', async () => {
  const { start, mockSuite, place, stateOf, files } = machine()
  await start()
  writeFileSync(join(place, 'default.json'), JSON.stringify({ ...stateOf('default'), format: 99, version: '9.0.0', addresses: 'elsewhere' }))
  expect(await start()).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('it runs already') })
  expect(await mockSuite('status')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('by mock-suite 9.0.0. Ask with that version') })
  expect(await mockSuite('stop')).toMatchObject({ exitCode: 0 })
  expect(files()).toEqual([])
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  '%s to a start that waits leaves nothing that the next start would not clean up',
  async (signal) => {
    const { env, place, start, mockSuite, files } = machine()
    mkdirSync(place, { mode: 0o700 })
    // Its process waits before it does anything: it is always interrupted in the middle.
    const slow = `data:text/javascript,${encodeURIComponent('if (process.env.MOCK_SUITE_LAUNCHED) process.kill(process.pid, "SIGSTOP")')}`
    const launcher = run(['start', 'config', '--ports', 'auto', '-d'], { ...env, NODE_OPTIONS: `--import=${slow}` })
    await expect.poll(files, { timeout: 10_000 }).toEqual([`default.${launcher.pid}.log`])
    const [child] = execFileSync('pgrep', ['-P', String(launcher.pid)], { encoding: 'utf8' })
      .split('\n')
      .map(Number) as [number]
    launcher.kill(signal)
    await launcher
    if (signal === 'SIGKILL') process.kill(child, 'SIGKILL')
    else expect([isAlive(child), files()]).toEqual([false, []])
    expect(await start()).toMatchObject({ exitCode: 0 })
    expect(files()).toEqual(['default.json', 'default.log'])
    expect(await mockSuite('stop')).toMatchObject({ exitCode: 0 })
    expect(files()).toEqual([])
  },
)
