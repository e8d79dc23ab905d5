import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { readBundle } from '../../bin/kit/bundle/read-bundle.ts'
import { fateOf } from '../../bin/kit/run/fate.ts'
import { built, PROGRAM } from './built.ts'
import { folder } from './folder.ts'
import { run } from './process.ts'
import { mockSuite } from './recorder.ts'

beforeAll(built, 120_000)

const beside = (command: readonly string[], flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  run(['run', '--ports', 'auto', '--services', 'config', ...flags, '--', ...command], env)
const inShell = (script: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}) => beside(['sh', '-c', script], flags, env)
const inNode = (script: string, flags: readonly string[] = []) => beside([process.execPath, '--input-type=module', '-e', script], flags)

/** Asks for what no operation has. */
const STRAY = "await fetch(process.env.CONFIG_SERVICE_URL + '/nowhere')"

test('the command finds the fakes, and mock-suite within it finds the suite; standard output is its own', async () => {
  const told = await inNode(`
    const health = await fetch(process.env.CONFIG_SERVICE_URL + '/health')
    const control = await fetch(process.env.MOCK_SUITE_URL + '/readyz')
    console.log(health.status, control.status, process.env.MOCK_SUITE_LANES)`)
  expect(told).toMatchObject({ stdout: '200 200 1', exitCode: 0 })
  expect(told.stderr).toMatch(/1 fake ready in 1 lane, seed 42; control API http:/)
})

test.each([7, 255])('code %i is passed on', async (code) => {
  expect((await inShell(`exit ${code}`)).exitCode).toBe(code)
})

test('a command that was killed is told, and its signal becomes the code', async () => {
  const { exitCode, stderr } = await inShell('kill -9 $$')
  expect([exitCode, stderr]).toEqual([137, expect.stringContaining('mock-suite: sh was ended by SIGKILL')])
})

test.each([
  ['no-such-program', 127, 'could not run no-such-program: it was not found'],
  ['./package.json', 126, 'could not run ./package.json: it may not be executed'],
])('%s is no command: %i', async (command, exitCode, message) => {
  expect(await beside([command])).toMatchObject({ exitCode, stderr: expect.stringContaining(message) })
})

test.each([
  ['pytset', 'There is no such program on the PATH. One of a project may want its runner'],
  ['./no/such/file', 'There is no such file; or its first line names a program that is not there.'],
  ['pytest -n 4', 'It is one word, spaces and all: write its words apart'],
])('why %s was not found is told', (file, why) => {
  expect(fateOf(file, { code: 'ENOENT' })).toEqual({ code: 127, started: false, told: expect.stringContaining(why) })
})

test('words arrive as they stand: spaces, quotes, stars, flags of ours, further dashes', async () => {
  const words = ['a  b', `it's "quoted"`, '*', '$HOME', '--json', '--', '', 'ü→']
  expect((await beside(['printf', '%s\\n', ...words])).stdout.split('\n')).toEqual(words)
})

test('the environment arrives whole, also a large one, and the addresses win over former ones', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell fills it in.
  const { stdout } = await inShell('echo "$MINE ${#LARGE} $CONFIG_SERVICE_URL"', [], {
    MINE: 'mine',
    LARGE: 'x'.repeat(100_000),
    CONFIG_SERVICE_URL: 'http://config.example',
  })
  expect(stdout).toMatch(/^mine 100000 http:\/\/127\.0\.0\.1:\d+$/)
})

test('standard input is the command’s', async () => {
  const child = inShell('tr a-z A-Z')
  child.stdin.end('hello')
  expect((await child).stdout).toBe('HELLO')
})

test('where the suite cannot start the command is not run', async () => {
  const first = inShell('echo "$MOCK_SUITE_URL"; cat')
  const [url] = (await once(first.stdout, 'data')) as [Buffer]
  const taken = new URL(url.toString().trim()).port
  const marker = join(folder(), 'ran')
  expect(await inShell(`touch ${marker}`, ['--control-port', taken])).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`${taken}: taken by`) })
  expect(existsSync(marker)).toBe(false)
  first.stdin.end()
  await first
})

test('two runs beside each other disturb nothing', async () => {
  const all = await Promise.all([1, 2].map(() => inNode("console.log((await fetch(process.env.CONFIG_SERVICE_URL + '/health')).status)")))
  expect(all.map(({ stdout, exitCode }) => [stdout, exitCode])).toEqual([
    ['200', 0],
    ['200', 0],
  ])
})

test('a command that ends is the end of the run, whoever of its own goes on and holds its pipes', async () => {
  const started = inShell('sleep 30 & echo $!')
  const [told] = (await once(started.stdout, 'data')) as [Buffer]
  const [code] = await once(started, 'exit')
  expect(code).toBe(0)
  expect(alive(Number(told))).toBe(true)
  process.kill(Number(told))
  await started
})

test('what was found fails a command that passes; it is told on standard error', async () => {
  const { exitCode, stdout, stderr } = await inNode(`${STRAY}; console.log('3 passed')`)
  expect([exitCode, stdout]).toEqual([1, '3 passed'])
  expect(stderr).toContain('GET /nowhere')
})

test('a command that fails keeps its code, and is judged all the same', async () => {
  expect(await inNode(`${STRAY}; process.exit(7)`)).toMatchObject({ exitCode: 7, stderr: expect.stringContaining('GET /nowhere') })
})

test.each([['--no-verify'], ['--allow=unmatched']])('%s lets it pass', async (...flags) => {
  expect((await inNode(STRAY, flags)).exitCode).toBe(0)
})

test('a command that never ran is not judged', async () => {
  const { exitCode, stderr } = await beside(['no-such-program'], ['--scenario', 'config-down'])
  expect([exitCode, stderr]).toEqual([127, expect.not.stringContaining('verify:')])
})

test('reports go to files, whose folders are made; on GitHub there are annotations and a summary', async () => {
  const [junit, summary] = [join(folder(), 'made', 'verify.xml'), join(folder(), 'summary.md')]
  const markdown = join(folder(), 'verify.md')
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
  const flags = ['--report', `junit=${junit}`, '--report', `markdown=${markdown}`]
  const { exitCode, stderr } = await beside([process.execPath, '--input-type=module', '-e', STRAY], flags, env)
  expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^::error title=/m)])
  expect(readFileSync(junit, 'utf8')).toContain('<testsuites name="verify"')
  expect(readFileSync(summary, 'utf8').trim()).toBe(readFileSync(markdown, 'utf8').trim())
})

test('--json ends standard output with one line for a program', async () => {
  const { stdout } = await inShell('echo mine; exit 7', ['--json'])
  const [mine, line = ''] = stdout.split('\n')
  expect(mine).toBe('mine')
  expect(JSON.parse(line)).toMatchObject({
    schemaVersion: 1,
    code: 7,
    told: null,
    seed: 42,
    verification: { passed: true },
    coverage: { percent: expect.any(Number) },
  })
})

test('a run that fails leaves a bundle, one that passes leaves none', async () => {
  const [failed, passed] = [join(folder(), 'bundle'), join(folder(), 'bundle')]
  expect(await inShell('exit 7', ['--bundle', failed])).toMatchObject({ exitCode: 7, stderr: expect.stringContaining(`mock-suite replay ${failed}`) })
  expect((await inShell('true', ['--bundle', passed])).exitCode).toBe(0)
  expect(readBundle(failed).manifest).toMatchObject({ command: ['sh', '-c', 'exit 7'], exit_code: 7 })
  expect(existsSync(passed)).toBe(false)
})

test('--fail-under wants failures to be met', async () => {
  expect(await inShell('true', ['--fail-under', '1'])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('0 % of the failures were met, which is under 1 %'),
  })
})

test.each([
  [['run', 'pytest', '-n', '4'], 'command is missing: what to run beside the fakes'],
  [['run', '--', ''], 'the command is an empty word'],
  [['run', '--no-verify', '--report', 'junit=x.xml', '--', 'true'], '--report writes what --no-verify does not want to know'],
  [['run', '--report', 'junt=x.xml', '--', 'true'], 'did you mean junit=x.xml?'],
  [['run', '--report', 'sarif', '--', 'true'], 'it wants a file: sarif=verify.sarif'],
  [['run', '--report', 'junit=/dev/null/x.xml', '--', 'true'], 'could not make a folder for the report'],
])('%j is refused before anything starts: %s', async (words, message) => {
  expect(await mockSuite(words)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) })
})

test('SIGTERM and SIGHUP are passed on, and what the command makes of them is the code', async () => {
  for (const [signal, name] of [
    ['SIGTERM', 'TERM'],
    ['SIGHUP', 'HUP'],
    ['SIGINT', 'INT'],
  ] as const) {
    const started = inShell(`trap "exit 5" ${name}; echo ready; while :; do sleep 0.05; done`)
    await once(started.stdout, 'data')
    started.kill(signal)
    const { exitCode, stderr } = await started
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining(`mock-suite: ${signal}: waiting for the command to end`)])
  }
})

test('a command that a passed signal ends makes 128 and its number', async () => {
  const started = beside([process.execPath, '-e', "console.log('ready'); setInterval(() => {}, 1000)"])
  await once(started.stdout, 'data')
  started.kill('SIGTERM')
  expect(await started).toMatchObject({ exitCode: 143, stderr: expect.stringContaining('was ended by SIGTERM') })
})

test('a second signal ends the command and the run at once', async () => {
  const started = inShell('trap "" TERM; echo $$; while :; do sleep 0.05; done')
  const [told] = (await once(started.stdout, 'data')) as [Buffer]
  started.kill('SIGTERM')
  await once(started.stderr, 'data')
  started.kill('SIGHUP')
  expect((await started).exitCode).toBe(129)
  await expect.poll(() => alive(Number(told))).toBe(false)
})

test('when whoever started the run is killed, command and fakes end', async () => {
  const words = [PROGRAM, 'run', '--ports', 'auto', '--services', 'config', '--', 'sh', '-c', 'echo $$ $PPID; while :; do sleep 0.05; done']
  const around = execa('sh', ['-c', '"$@" & wait', 'sh', process.execPath, ...words], { reject: false, timeout: 30_000 })
  const [told] = (await once(around.stdout, 'data')) as [Buffer]
  const [command, suite] = told.toString().split(' ').map(Number) as [number, number]
  around.kill('SIGKILL')
  await expect.poll(() => [alive(command), alive(suite)], { timeout: 10_000 }).toEqual([false, false])
  await around
})

test('--outlive-parent goes on without whoever started it', async () => {
  const file = join(folder(), 'went-on')
  const words = [PROGRAM, 'run', '--ports', 'auto', '--services', 'config', '--outlive-parent', '--', 'sh', '-c', `echo ready; sleep 1; echo done > ${file}`]
  const around = execa('sh', ['-c', '"$@" & wait', 'sh', process.execPath, ...words], { reject: false, timeout: 30_000 })
  await once(around.stdout, 'data')
  around.kill('SIGKILL')
  await expect.poll(() => existsSync(file), { timeout: 10_000 }).toBe(true)
  await around
})

test.each([
  ['', 'from the terminal that is its standard input'],
  [' < /dev/null', 'also when its standard input is none'],
])('Ctrl-C reaches the command once%s, %s', async (redirection) => {
  const counts = `let n = 0; process.on('SIGINT', () => { n += 1; if (n === 1) setTimeout(() => { console.log('interrupted ' + n); process.exit(9) }, 300) })
    console.log('ready'); setInterval(() => {}, 1000)`
  const line = ['run', '--ports', 'auto', '--services', 'config', '--', process.execPath, '-e', counts]
    .map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
    .join(' ')
  const { stdout } = await execa('python3', ['-c', TYPIST, `exec '${process.execPath}' '${resolve(PROGRAM)}' ${line}${redirection}`], { timeout: 30_000 })
  expect(stdout).toContain('interrupted 1')
  expect(stdout).toMatch(/ended with 9$/)
})

/** Gives a shell a terminal of its own, presses Ctrl-C once it says `ready`, and tells its code. */
const TYPIST = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp('sh', ['sh', '-c', sys.argv[1]])
told = b''
pressed = False
while True:
    try:
        read = os.read(terminal, 1024)
    except OSError:
        break
    if not read:
        break
    told += read
    if not pressed and b'ready\\r' in told:
        pressed = True
        os.write(terminal, b'\\x03')
sys.stdout.write(told.decode())
print('ended with', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

test('three workers at once take a lane each, and a fourth is told how many to start', async () => {
  const worker = `eval "$('${process.execPath}' '${resolve(PROGRAM)}' env --lane auto --format shell)" && echo "$CONFIG_SERVICE_URL"`
  const file = join(folder(), 'worker.sh')
  writeFileSync(file, worker)
  const { stdout, stderr } = await inShell(`seq 0 3 | xargs -P 4 -I{} env PYTEST_XDIST_WORKER=gw{} sh ${file}; true`, ['--lanes', '3'])
  expect(new Set(stdout.trim().split('\n')).size).toBe(3)
  expect(stderr).toContain('PYTEST_XDIST_WORKER="gw3" is lane 3, and there are 3, counted from 0. Start as many as there are workers: --lanes 4')
})

function alive(pid: number): boolean {
  try {
    // A process that has ended and that nobody has asked about yet is a zombie: it is gone all the same.
    if (process.platform === 'linux' && /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return false
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
