import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import about from '../../package.json' with { type: 'json' }
import { built, PROGRAM } from '../bin/built.ts'
import { root } from '../house/files.ts'

beforeAll(built, 120_000)

interface Step {
  name: string
  shell: string
  run: string
  env?: Record<string, string>
}

interface Action {
  inputs: Record<string, { default: string }>
  outputs: Record<string, { value: string }>
  runs: { steps: [look: Step, install: Step, start: Step] }
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action
const [look, install, start] = action.runs.steps

test('what is given to it reaches no shell but as a variable', () => {
  for (const { run, shell } of action.runs.steps) {
    expect(shell).toBe('bash')
    expect(run).not.toContain('${{')
  }
})

test('a Node that is missing or too old is told of, with what to do', async () => {
  const none = await job().step(look, {}, '/nowhere')
  const old = job()
  old.program('node', 'case "$1" in --version) echo v18.20.0 ;; *) exit 1 ;; esac')
  expect([none.exitCode, none.stdout]).toEqual([1, expect.stringContaining('there is none. Put actions/setup-node before this step.')])
  expect(await old.step(look)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('this is v18.20.0') })
  expect(await job().step(look)).toMatchObject({ exitCode: 0, stdout: '' })
  expect(about.engines.node).toBe('>=20.19')
})

test('it installs the package that it is given, or builds its own checkout; either is on the path afterwards', async () => {
  for (const { PACKAGE, asked } of [
    { PACKAGE: 'mock-suite@0.1.0', asked: /^install --prefix .+\/mock-suite --no-audit --no-fund --no-save -- mock-suite@0\.1\.0$/ },
    { PACKAGE: 'it; touch hurt.tgz', asked: /-- it; touch hurt\.tgz$/ },
    { PACKAGE: 'here.tgz', asked: /-- \/.+\/here\.tgz$/ },
    { PACKAGE: '', asked: /^--prefix .+ ci --no-audit --no-fund$/ },
  ]) {
    const one = job()
    writeFileSync(join(one.folder, 'here.tgz'), '')
    one.program(
      'npm',
      `echo "$*" > '${one.folder}/npm'\nmkdir -p "$RUNNER_TEMP/mock-suite/node_modules/mock-suite/dist/bin"
cp '${join(one.folder, 'program.js')}' "$RUNNER_TEMP/mock-suite/node_modules/mock-suite/dist/bin/mock-suite.js"`,
    )
    writeFileSync(join(one.folder, 'program.js'), 'console.log("0.0.0-test")')
    const { exitCode, stderr, stdout } = await one.step(install, { PACKAGE, SOURCE: root })
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(one.told('npm').trim()).toMatch(asked)
    expect(stdout).toBe(PACKAGE === '' ? about.version : '0.0.0-test')
    expect(one.told('path')).toBe(`${one.folder}/mock-suite/bin\n`)
  }
})

test('it starts what it is asked for, tells where, and gives the steps that follow their environment', async () => {
  const one = job()
  const instance = `action-${process.pid}`
  const env = {
    ...inputs(),
    SERVICES: 'config, alert',
    PORTS: 'auto',
    LANES: '2',
    SCENARIO: 'alert-down\n',
    ARGS: '--token\nnot-for-logs\n',
    INSTANCE: instance,
  }
  try {
    const { exitCode, stdout, stderr } = await one.step(start, env)
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain('::add-mask::not-for-logs\n')
    const outputs = Object.fromEntries(
      one
        .told('output')
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/)),
    )
    expect(outputs).toEqual({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), token: 'not-for-logs', instance })
    expect(Object.keys(outputs)).toEqual(Object.keys(action.outputs))
    expect(one.told('env')).toContain(`MOCK_SUITE_INSTANCE=${instance}\n`)
    expect(one.told('env')).toMatch(/^CONFIG_SERVICE_URL=http:\/\/127\.0\.0\.1:\d+$/m)
    const headers = { authorization: 'Bearer not-for-logs' }
    expect((await (await fetch(`${outputs.url}/v1/suite`, { headers })).json()) as object).toMatchObject({ lanes: 2, services: ['config', 'alert'] })
  } finally {
    expect((await one.mockSuite(['stop', '--instance', instance])).exitCode).toBe(0)
  }
})

test('a suite that does not start fails the step, and nothing is exported', async () => {
  const one = job()
  const { exitCode, stderr } = await one.step(start, { ...inputs(), SERVICES: 'alret' })
  expect([exitCode, one.told('output'), one.told('env')]).toEqual([2, '', ''])
  expect(stderr).toContain('alert')
})

/** The inputs of the step that starts, as they are when nobody gives any. */
function inputs(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(start.env ?? {}).map(([name, expression]) => [name, action.inputs[/inputs\.([\w-]+)/.exec(expression)?.[1] as string]?.default as string]),
  )
}

/** A runner's folders and files, and its steps. */
function job() {
  const folder = mkdtempSync(join(tmpdir(), 'mock-suite-action-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'bin'))
  const files = { GITHUB_ENV: 'env', GITHUB_OUTPUT: 'output', GITHUB_PATH: 'path' }
  for (const file of Object.values(files)) writeFileSync(join(folder, file), '')
  const program = (name: string, script: string) => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${script}\n`)
    chmodSync(join(folder, 'bin', name), 0o755)
  }
  program('mock-suite', `exec '${process.execPath}' '${join(root, PROGRAM)}' "$@"`)
  const variables = {
    RUNNER_TEMP: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    NODE_EXTRA_CA_CERTS: undefined,
    ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(folder, file)])),
  }
  const options = { cwd: folder, reject: false, timeout: 30_000 } as const
  return {
    folder,
    program,
    told: (file: string) => readFileSync(join(folder, file), 'utf8'),
    mockSuite: (words: string[]) => execa(join(folder, 'bin/mock-suite'), words, { ...options, env: variables }),
    /** As a runner does it: a script in a file, and this bash. */
    step({ run }: Step, env: Record<string, string> = {}, path = `${join(folder, 'bin')}:${process.env.PATH}`) {
      writeFileSync(join(folder, 'step.sh'), run)
      return execa('/bin/bash', ['--noprofile', '--norc', '-eo', 'pipefail', 'step.sh'], { ...options, env: { ...variables, ...env, PATH: path } })
    },
  }
}
