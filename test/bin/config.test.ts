import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectTypeOf, test } from 'vitest'
import { findConfiguration } from '../../bin/kit/configuration/find.ts'
import type { settingFlags } from '../../bin/kit/configuration/settings.ts'
import type { Settings } from '../../mocks/index.ts'
import { mockSuite } from './recorder.ts'
import { project } from './team.ts'

interface Told {
  file: string | null
  services: { name: string; from: string; replaces: boolean }[]
  settings: { name: string; value: unknown; from: string; where: string | null; over: string[] }[]
}

async function config(home: string, words: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Told> {
  const { json } = await mockSuite(['config', '--json', ...words], env, home)
  return json() as unknown as Told
}

const settingIn = ({ settings }: Told, name: string) => settings.find((one) => one.name === name)

test('a configuration file may speak of every flag of the starters, and of no other', () => {
  expectTypeOf<keyof typeof settingFlags>().toEqualTypeOf<keyof Settings>()
})

const FILE = 'mock-suite.config.yaml:1:1'

test.each([
  { words: ['--lanes', '2'], env: { MOCK_SUITE_LANES: '3' }, file: 'lanes: 4', lanes: 2, from: 'command line', over: ['MOCK_SUITE_LANES', FILE] },
  { words: [], env: { MOCK_SUITE_LANES: '3' }, file: 'lanes: 4', lanes: 3, from: 'environment', over: [FILE] },
  { words: [], env: { MOCK_SUITE_LANES: '' }, file: 'lanes: 4', lanes: 4, from: 'configuration', over: [] },
  { words: [], env: {}, file: 'seed: 4', lanes: 1, from: 'default', over: [] },
  { words: ['--lanes', '2'], env: {}, file: 'lanes: 4', lanes: 2, from: 'command line', over: [FILE] },
])('$words before $env before $file: $lanes lanes, by the $from', async ({ words, env, file, lanes, from, over }) => {
  const home = project({ 'mock-suite.config.yaml': file })
  expect(settingIn(await config(home, words, env), 'lanes')).toMatchObject({ value: lanes, from, over })
})

test('each flag is read from the file as the command line reads it', async () => {
  const home = project({
    'mock-suite.config.json': JSON.stringify({
      host: ['127.0.0.1', '::1'],
      ports: 'auto',
      portOffset: 100,
      seed: 'random',
      world: './data/world.yaml',
      scenario: ['alert-down', './mine.yaml'],
      strictAuth: true,
      token: 'geheim',
      url: 'http://127.0.0.1:9000',
    }),
  })
  const told = await config(home)
  const values = Object.fromEntries(told.settings.filter(({ from }) => from === 'configuration').map(({ name, value }) => [name, value]))
  expect(values).toEqual({
    host: ['127.0.0.1', '::1'],
    ports: 'auto',
    portOffset: 100,
    seed: 'random',
    world: join(home, 'data/world.yaml'),
    scenario: ['alert-down', join(home, 'mine.yaml')],
    strictAuth: true,
    token: '…',
    url: 'http://127.0.0.1:9000',
  })
})

test('without --explain only what somebody has set is told, and of a token that there is one', async () => {
  const home = project({ 'mock-suite.config.yaml': 'lanes: 4\ntoken: geheim\n' })
  const { out } = await mockSuite(['config'], { MOCK_SUITE_LANES: '2' }, home)
  expect(out).toMatch(/lanes +2 +MOCK_SUITE_LANES, over .*mock-suite\.config\.yaml:1:1/)
  expect(out).toMatch(/token +… +.*mock-suite\.config\.yaml:2:1/)
  expect(out).not.toContain('geheim')
  expect(out).not.toContain('journalLimit')
  expect((await mockSuite(['config', '--explain'], {}, home)).out).toMatch(/journalLimit +10000 +default/)
})

test('the nearest file upwards is read, as far as the repository', async () => {
  const home = project({ 'mock-suite.config.yaml': 'lanes: 4', 'team/a/b/c.txt': '' })
  expect(findConfiguration(join(home, 'team/a/b'))).toBe(join(home, 'mock-suite.config.yaml'))
  writeFileSync(join(home, 'team/mock-suite.config.json'), '{}')
  expect(findConfiguration(join(home, 'team/a/b'))).toBe(join(home, 'team/mock-suite.config.json'))
  mkdirSync(join(home, 'team/a/.git'))
  expect(findConfiguration(join(home, 'team/a/b'))).toBeUndefined()
})

test('the search ends at home too', () => {
  const home = project({ 'mock-suite.config.yaml': 'lanes: 4', 'me/work/x.txt': '' })
  expect(findConfiguration(join(home, 'me/work'), join(home, 'me'))).toBeUndefined()
})

test('a file is named by --config or its variable, and left out with --no-config', async () => {
  const home = project({ 'mock-suite.config.yaml': 'lanes: 4', 'other.yaml': 'lanes: 5' })
  expect(settingIn(await config(home, ['--config', 'other.yaml']), 'lanes')).toMatchObject({ value: 5, where: expect.stringContaining('other.yaml:1:1') })
  expect(settingIn(await config(home, [], { MOCK_SUITE_CONFIG: 'other.yaml' }), 'lanes')).toMatchObject({ value: 5 })
  expect(settingIn(await config(home, ['--no-config']), 'lanes')).toMatchObject({ value: 1, from: 'default' })
  expect(settingIn(await config(home, [], { MOCK_SUITE_NO_CONFIG: 'true' }), 'lanes')).toMatchObject({ value: 1 })
  expect(await mockSuite(['config', '--config', 'other.yaml', '--no-config'], {}, home)).toMatchObject({ code: 2, err: expect.stringContaining('two answers') })
})

test.each([
  ['lane: 4', '1:1: unknown name "lane". Did you mean "lanes"?'],
  ['seed: 7\nlanes: 0', '2:1: lanes: 0: it must be a whole number from 1 to 64'],
  ['lanes: "4"', '1:1: lanes: "4": give it as a number'],
  ['ports: atuo', '1:1: ports: "atuo": it is one of fixed, auto; did you mean auto?'],
  ['strictAuth: yes please', '1:1: strictAuth: "yes please": it is on or off'],
  ['lanes: [1', '1:10: '],
  ['- lanes', '1:1: '],
  ['only: [alrt]', '1:1: none of ours is called "alrt". Did you mean "alert"?'],
  ['only: [alert]\nexcept: [user]', '2:1: only and except are two answers to one question'],
  ['services: { ledger: ./ledger.ts }', '1:1: services are code. Write the configuration in TypeScript or JavaScript.'],
])('%j is refused with its place', async (text, message) => {
  const { code, err } = await mockSuite(['config'], {}, project({ 'mock-suite.config.yaml': text }))
  expect(err).toContain(`mock-suite.config.yaml:${message}`)
  expect(code).toBe(2)
})

test('of a file that is named and one that is not wanted, the flag comes before the variable', async () => {
  const home = project({ 'other.yaml': 'lanes: 5' })
  expect(settingIn(await config(home, ['--config', 'other.yaml'], { MOCK_SUITE_NO_CONFIG: '1' }), 'lanes')).toMatchObject({ value: 5 })
  expect(settingIn(await config(home, ['--no-config'], { MOCK_SUITE_CONFIG: 'other.yaml' }), 'lanes')).toMatchObject({ value: 1, from: 'default' })
  const both = { MOCK_SUITE_CONFIG: 'other.yaml', MOCK_SUITE_NO_CONFIG: '1' }
  expect(await mockSuite(['config'], both, home)).toMatchObject({ code: 2, err: expect.stringContaining('two answers') })
})

test.each([
  ['a pipe, which would be waited for', 'pipe.yaml', 'it is no file'],
  ['a folder', 'folder.yaml', 'it is no file'],
  ['aliases without end', 'aliases.yaml', 'aliases.yaml:1:1: Excessive alias count'],
])('what cannot be read is refused, and no bug of ours: %s', async (_, file, told) => {
  const levels = ['a: &a [1, 1, 1]', ...Array.from('bcdefgh', (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`)}]`)]
  const home = project({ 'aliases.yaml': levels.join('\n') })
  mkdirSync(join(home, 'folder.yaml'))
  execFileSync('mkfifo', [join(home, 'pipe.yaml')])
  expect(await mockSuite(['config', '--config', file], {}, home)).toMatchObject({ code: 2, err: expect.stringContaining(told) })
})

test('a file that is not there, or of a kind that nobody reads, is refused by name', async () => {
  const home = project({ 'mock-suite.config.toml': '' })
  expect(await mockSuite(['config', '--config', 'nowhere.yaml'], {}, home)).toMatchObject({ code: 2, err: expect.stringContaining('nowhere.yaml: ENOENT') })
  expect(await mockSuite(['config', '--config', 'mock-suite.config.toml', '--json'], {}, home)).toMatchObject({
    code: 2,
    err: expect.stringContaining('Write TypeScript, JavaScript, JSON or YAML'),
    out: expect.stringContaining('"code":"bad-config"'),
  })
})

test('help and version do without a file that is right; doctor names what is wrong with it', async () => {
  const home = project({ 'mock-suite.config.yaml': 'lane: 4' })
  expect(await mockSuite(['start-all', '--help'], {}, home)).toMatchObject({ code: 0, err: '' })
  expect(await mockSuite(['--version'], {}, home)).toMatchObject({ code: 0, err: '' })
  const { code, out } = await mockSuite(['doctor'], {}, home)
  expect(out).toMatch(/✗ configuration +could not take the configuration/)
  expect(out).toContain('Did you mean "lanes"?')
  expect(code).toBe(1)
})

test('a setting holds for every command that has its flag', async () => {
  const home = project({ 'mock-suite.config.yaml': 'portOffset: 31007' })
  expect((await mockSuite(['status'], {}, home)).err).toContain('http://127.0.0.1:39077')
  expect((await mockSuite(['env', '--json'], {}, home)).json()).toMatchObject({ source: 'plan', env: { MOCK_SUITE_URL: 'http://127.0.0.1:39077' } })
})

test('flags that only share a name with a setting keep their own mind', async () => {
  const home = project({ 'mock-suite.config.yaml': 'host: [192.0.2.1]\nseed: 7' })
  expect((await mockSuite(['env', '--json'], {}, home)).json()).toMatchObject({ env: { MOCK_SUITE_URL: 'http://127.0.0.1:8070' } })
  expect((await mockSuite(['plan', 'alert-down', '--json'], {}, home)).json()).toMatchObject({ seed: 42 })
})

test('records of the world are spelt out in the file, and held against their tables', async () => {
  const home = project({ 'mock-suite.config.yaml': 'ports: auto\nworld:\n  setings: []\n' })
  const { code, err } = await mockSuite(['start', 'config'], {}, home)
  expect(err).toMatch(/mock-suite\.config\.yaml:3:3: there is no table "setings"\. Did you mean "settings"\?/)
  expect(code).toBe(2)
})

test('some of ours can be left out', async () => {
  const only = project({ 'mock-suite.config.yaml': 'only: [config, user]' })
  const except = project({ 'mock-suite.config.yaml': 'except: [config, user]' })
  expect((await config(only)).services.map(({ name }) => name)).toEqual(['user', 'config'])
  expect((await config(except)).services.map(({ name }) => name)).toEqual(['alert', 'comms', 'marketplace', 'watermark', 'metrics'])
  expect((await mockSuite(['start', 'alert'], {}, only)).err).toContain('there is no service of that name')
})

test('scenarios of one’s own go by name, before those of the library', async () => {
  const mine = (code: number) => `name: mine\nstory: Alert fails.\nrules:\n  - when: { service: alert }\n    inject: [{ fault: status, code: ${code} }]\n`
  const home = project({ 'mock-suite.config.yaml': 'scenarios: stories', 'stories/mine.yaml': mine(500), 'stories/deep/alert-down.yml': mine(500) })
  const names = (await mockSuite(['scenario', 'list', '--json'], {}, home)).json().scenarios as { name: string }[]
  expect(names.slice(0, 2)).toMatchObject([{ name: 'mine' }, { name: 'mine' }])
  expect(await mockSuite(['scenario', 'check', 'mine'], {}, home)).toMatchObject({ code: 0, err: '' })
  const shown = await mockSuite(['scenario', 'show', 'alert-down', '--yaml'], {}, home)
  expect(shown.out).toContain('code: 500')
  expect(shown.err).toMatch(/alert-down is that of .*alert-down\.yml, instead of the library's/)
  writeFileSync(join(home, 'stories/deep/mine.yaml'), mine(500))
  expect(await mockSuite(['scenario', 'show', 'mine'], {}, home)).toMatchObject({ code: 2, err: expect.stringContaining('are both called so') })
})
