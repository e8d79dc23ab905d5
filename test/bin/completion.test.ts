import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execa, execaSync } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { commands } from '../../bin/commands.ts'
import { suggest } from '../../bin/kit/complete/suggest.ts'
import { contracts } from '../../contracts/services.ts'
import { built, PROGRAM } from './built.ts'
import { folder } from './folder.ts'
import { mockSuite } from './recorder.ts'

beforeAll(built, 120_000)

const OPERATIONS = { alert: Object.keys(contracts.alert.operations), config: Object.keys(contracts.config.operations) }

/** What may stand in place of the last word, without a process. */
async function words(...typed: string[]): Promise<string[]> {
  const { out, err } = await mockSuite(['__complete', '--', ...typed])
  expect(err).toBe('')
  const [kind, ...lines] = out.split('\n')
  return kind === 'words' ? lines.map((line) => line.split('\t')[0] as string) : [kind as string]
}

test.each([
  [['jo'], ['journal']],
  [
    ['clock', ''],
    ['now', 'advance', 'freeze', 'resume'],
  ],
  [['--json', 'clock', 'f'], ['freeze']],
  [['journal', '--serv'], ['--service']],
  [['journal', '--service', 'al'], ['alert']],
  [
    ['journal', '--service=co'],
    ['--service=comms', '--service=config'],
  ],
  [['journal', '--service', 'config', '--operation', 'getSec'], OPERATIONS.config.filter((name) => name.startsWith('getSec'))],
  [['contracts', 'show', 'alert', 'createAl'], OPERATIONS.alert.filter((name) => name.startsWith('createAl'))],
  [['start', 'alert', 'al'], []],
  [['run', '--services', 'alert,met'], ['alert,metrics']],
  [['run', '--services=alert,met'], ['--services=alert,metrics']],
  [['scenario', 'play', 'alert-dow'], ['alert-down']],
  [['scenario', 'play', './mine'], ['files']],
  [
    ['verify', '--format', 'j'],
    ['json', 'junit'],
  ],
  [['verify', '--allow', 'violation:alert.createAlert'], ['violation:alert.createAlert']],
  [['start-all', '--world', ''], ['files']],
  [['bundle', '--out', ''], ['folders']],
  [['run', ''], ['--']],
  [['run', '--', 'py'], ['command 3']],
  [['run', '--ports', 'auto', '--', 'pytest', ''], ['command 5']],
  [['no-such', ''], []],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
])('%j becomes %j', async (typed, wanted) => {
  expect(await words(...typed)).toEqual(wanted)
})

test('a flag is offered once, unless it may be given more than once; what is for programs never', async () => {
  const flags = await words('start-all', '--lanes', '2', '--scenario', 'alert-down', '--')
  expect([flags.includes('--lanes'), flags.includes('--scenario'), flags.includes('--json')]).toEqual([false, true, true])
  expect(await words('')).toEqual(Object.keys(commands).filter((name) => name !== '__complete'))
  expect((await mockSuite(['--help'])).out).not.toContain('__complete')
})

test('what goes wrong on the way is no word of any shell', async () => {
  const broken = { commands: { journal: { summary: '', load: () => Promise.reject(new Error('broken')) } } }
  await expect(suggest(['journal', ''], broken, async () => [])).rejects.toThrow('broken')
  const place = folder()
  writeFileSync(join(place, 'mock-suite.config.ts'), 'export default {')
  expect(await run(place, 'journal', '--service', 'ale')).toEqual({ stdout: 'words\nalert\tAlert service', stderr: '', exitCode: 0 })
})

test('services and scenarios of the configuration file are offered beside ours', async () => {
  const place = folder()
  mkdirSync(join(place, 'mine'))
  writeFileSync(join(place, 'mine/outage-at-noon.yaml'), 'name: outage-at-noon\nstory: Noon.\nrules: []\n')
  writeFileSync(join(place, 'mock-suite.config.json'), '{"scenarios":"mine","only":["alert"]}')
  expect((await run(place, 'scenario', 'play', 'outa')).stdout).toContain('outage-at-noon')
  expect((await run(place, 'start', '')).stdout).toBe('words\nalert\tAlert service')
  expect((await run(place, 'start', '--no-config', 'con')).stdout).toBe('words\nconfig\tConfig service')
})

test.each(['bash', 'zsh', 'fish'])('the script for %s is one that it takes', async (shell) => {
  const { out, code } = await mockSuite(['completion', shell])
  expect(code).toBe(0)
  const file = join(folder(), 'script')
  writeFileSync(file, out)
  if (isThere(shell)) expect(await execa(shell, ['-n', file], { reject: false })).toMatchObject({ exitCode: 0, stderr: '' })
})

test('another shell is refused with those that there are', async () => {
  expect(await mockSuite(['completion', 'fsih'])).toMatchObject({ code: 2, err: expect.stringContaining('did you mean fish?') })
})

test.runIf(isThere('bash')).each([
  ['mock-suite jo', ['mock-suite', 'jo'], ['journal']],
  ['mock-suite journal --service=co', ['mock-suite', 'journal', '--service', '=', 'co'], ['comms', 'config']],
  ['mock-suite verify --allow violation:alert.createAlert', ['mock-suite', 'verify', '--allow', 'violation', ':', 'alert.createAlert'], ['alert.createAlert']],
  ['mock-suite start --world a', ['mock-suite', 'start', '--world', 'a'], ['a file.yaml']],
  ['mock-suite run -- test', ['mock-suite', 'run', '--', 'test'], expect.arrayContaining(['test'])],
])('bash completes %s', async (line, parts, wanted) => {
  const place = withProgram()
  writeFileSync(join(place, 'a file.yaml'), '')
  const script = `source <(mock-suite completion bash)
    COMP_LINE=$1; COMP_POINT=\${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _mock_suite; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = await inShell('bash', place, ['--norc', '-c', script, 'bash', line, ...parts])
  expect({ found: stdout.split('\n'), stderr }).toEqual({ found: wanted, stderr: '' })
})

test.runIf(isThere('fish')).each([
  ['mock-suite jo', ['journal\tTells what happened, oldest first.']],
  ['mock-suite journal --service=co', ['--service=comms\tCommunications service', '--service=config\tConfig service']],
  ['mock-suite verify --allow violation:alert.createAlert', ['violation:alert.createAlert']],
  ['mock-suite start --world a', ['a file.yaml']],
  ['mock-suite run -- mock-suite jo', ['journal\tTells what happened, oldest first.']],
])('fish completes %s', async (line, wanted) => {
  const place = withProgram()
  writeFileSync(join(place, 'a file.yaml'), '')
  const { stdout, stderr } = await inShell('fish', place, ['--no-config', '-c', 'mock-suite completion fish | source; complete -C $argv[1]', line])
  expect({ found: stdout.split('\n'), stderr }).toEqual({ found: wanted, stderr: '' })
})

test.runIf(isThere('zsh')).each([
  ['mock-suite jo', 'mock-suite journal '],
  ['mock-suite journal --service=comm', 'mock-suite journal --service=comms '],
  ['mock-suite verify --allow violation:alert.createAler', 'mock-suite verify --allow violation:alert.createAlert '],
  ['mock-suite start --world a', 'mock-suite start --world a\\ file.yaml '],
  ['mock-suite run -- mock-suite jo', 'mock-suite run -- mock-suite journal '],
])('zsh completes %s', async (line, wanted) => {
  const place = withProgram()
  writeFileSync(join(place, 'a file.yaml'), '')
  // A real line editor in a terminal of its own: it presses Tab, and tells what the line has become.
  const script = `zmodload zsh/zpty
    zpty z zsh -f -i
    zpty -w z 'PROMPT=; autoload -Uz compinit; compinit -u -D; source <(mock-suite completion zsh)'
    zpty -w z 'tell() { print -r -- "LINE<$BUFFER>"; BUFFER=; zle accept-line }; zle -N tell; bindkey "^X" tell'
    zpty -w z 'print LOADED; bindkey "^I" complete-word'
    zpty -r z all '*LOADED'$'\\r''*'
    zpty -w -n z "$1"$'\\t'
    zpty -w -n z $'\\x18'
    zpty -r z all '*LINE<*>*'
    print -r -- "\${\${all##*LINE<}%%>*}"`
  const { stdout } = await inShell('zsh', place, ['-f', '-c', script, 'zsh', line])
  expect(stdout).toBe(wanted)
})

test('shells that are missing here are named', () => {
  const missing = ['bash', 'zsh', 'fish'].filter((shell) => !isThere(shell))
  if (missing.length > 0) console.warn(`NOT TESTED: completion in ${missing.join(' and ')}, which ${missing.length === 1 ? 'is' : 'are'} not installed`)
  expect(missing).not.toContain('bash')
})

const run = async (cwd: string, ...typed: string[]) => {
  const { stdout, stderr, exitCode } = await execa(process.execPath, [resolve(PROGRAM), '__complete', '--', ...typed], { cwd, reject: false })
  return { stdout, stderr, exitCode }
}

function isThere(shell: string): boolean {
  return execaSync(shell, ['-c', 'true'], { reject: false }).exitCode === 0
}

/** A folder with a program of our name in it. */
function withProgram(): string {
  const place = folder()
  const file = join(place, 'bin/mock-suite')
  mkdirSync(join(place, 'bin'))
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${resolve(PROGRAM)}' "$@"\n`)
  chmodSync(file, 0o755)
  return place
}

const inShell = (shell: string, cwd: string, args: readonly string[]) =>
  execa(shell, args, { cwd, reject: false, timeout: 30_000, env: { PATH: `${join(cwd, 'bin')}:${process.env.PATH}`, HOME: cwd, TERM: 'dumb' } })
