import { expect, test } from 'vitest'
import { commands } from '../../bin/commands.ts'
import { isGroup } from '../../bin/kit/command.ts'
import { choice, list, text, toggle, whole } from '../../bin/kit/flag.ts'
import { parse } from '../../bin/kit/parse.ts'
import { mockSuite } from './recorder.ts'

const command = {
  flags: {
    portOffset: whole('added to every port', { value: 'N', min: 0, max: 9000, initial: 0 }),
    host: list('where', { value: 'HOST', initial: [], shown: 'loopback' }),
    format: choice('how', { words: ['json', 'yaml'], initial: 'json' }),
    world: text('records', { value: 'FILE', initial: undefined }),
    verbose: toggle('more', { short: 'v' }),
  },
  args: [{ name: 'service', summary: 'which fakes', many: true, optional: true }],
}
const flagsOf = (words: string[], env: NodeJS.ProcessEnv = {}) => parse(words, command, env).flags as Record<string, unknown>

test('a flag wins over the environment, the environment over the default', () => {
  expect(flagsOf([]).portOffset).toBe(0)
  expect(flagsOf([], { MOCK_SUITE_PORT_OFFSET: '100' }).portOffset).toBe(100)
  expect(flagsOf(['--port-offset', '200'], { MOCK_SUITE_PORT_OFFSET: '100' }).portOffset).toBe(200)
})

test('an empty variable counts as not set, and variables of other commands do not matter', () => {
  expect(flagsOf([], { MOCK_SUITE_PORT_OFFSET: '', MOCK_SUITE_URL: 'http://127.0.0.1:8070' })).toMatchObject({ portOffset: 0 })
})

test('switches take true and false, on the line and in the environment', () => {
  expect(flagsOf(['-v']).verbose).toBe(true)
  expect(flagsOf(['--verbose=false'], { MOCK_SUITE_VERBOSE: '1' }).verbose).toBe(false)
  expect(flagsOf([], { MOCK_SUITE_VERBOSE: 'on' }).verbose).toBe(true)
})

test('given twice, the last value counts; a list takes them all', () => {
  expect(flagsOf(['--format', 'json', '--format=yaml']).format).toBe('yaml')
  expect(flagsOf(['--host', '127.0.0.1', '--host', '::1,10.0.0.1']).host).toEqual(['127.0.0.1', '::1', '10.0.0.1'])
})

test('words and flags may stand in any order; after -- everything is a word', () => {
  const { args, flags } = parse(['alert', '--port-offset', '7', 'comms', '--', '--config'], command, {})
  expect([args, flags.portOffset]).toEqual([['alert', 'comms', '--config'], 7])
})

test.each([
  [['--port-ofset', '1'], 'there is no flag --port-ofset; did you mean --port-offset?'],
  [['--zebra'], 'there is no flag --zebra'],
  [['-x'], 'there is no flag -x'],
  [['--port-offset', 'ten'], 'could not read --port-offset "ten": it must be a whole number from 0 to 9000'],
  [['--port-offset', '9001'], 'could not read --port-offset "9001": it must be a whole number from 0 to 9000'],
  [['--port-offset'], '--port-offset needs a value: --port-offset N'],
  [['--format', 'jsn'], 'could not read --format "jsn": it is one of json, yaml; did you mean json?'],
  [['--verbose=perhaps'], 'could not read --verbose "perhaps": it is on or off; give it true or false'],
])('%j is refused: %s', (words, message) => {
  expect(() => parse(words, command, {})).toThrow(expect.objectContaining({ name: 'UsageError', message }))
})

test('a wrong variable is named as such', () => {
  expect(() => flagsOf([], { MOCK_SUITE_PORT_OFFSET: 'ten' })).toThrow('could not read MOCK_SUITE_PORT_OFFSET="ten": it must be a whole number')
})

test('a missing word and one too many are refused', () => {
  const one = { flags: {}, args: [{ name: 'by', summary: 'how far, e.g. 61s' }] }
  expect(() => parse([], one, {})).toThrow('by is missing: how far, e.g. 61s')
  expect(() => parse(['61s', '62s'], one, {})).toThrow('there is nothing to do with "62s": one word too many')
})

test('alone it tells what it can do, on standard error, and exits 2', async () => {
  const { code, out, err } = await mockSuite([])
  expect([code, out]).toEqual([2, ''])
  for (const [name, { hidden }] of Object.entries(commands)) expect(err.includes(`  ${name} `), name).toBe(hidden !== true)
})

test('--help and --version are data, and good', async () => {
  expect(await mockSuite(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Usage: mock-suite <command> [flags]') })
  expect(await mockSuite(['--version'])).toMatchObject({ code: 0, err: '', out: '0.0.0-test' })
  expect((await mockSuite(['--version', '--json'])).json()).toEqual({ schemaVersion: 1, version: '0.0.0-test' })
})

test('an unknown command is refused with the one that was meant', async () => {
  expect(await mockSuite(['start-al'])).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('there is no command start-al; did you mean start-all?'),
  })
  expect(await mockSuite(['clock', 'advnce', '1s'])).toMatchObject({ code: 2, err: expect.stringContaining('did you mean clock advance?') })
})

test('under --json an error is one object too', async () => {
  const said = await mockSuite(['status', '--lanes', '1', '--json'])
  expect(said.code).toBe(2)
  expect(said.json()).toEqual({ schemaVersion: 1, error: { code: 'usage', message: expect.stringContaining('there is no flag --lanes') } })
})

test('switches may stand before the command', async () => {
  expect((await mockSuite(['--json', 'contracts', 'list'])).json()).toMatchObject({ schemaVersion: 1 })
})

test('every command tells its flags, with defaults, and has an example that is a call of it', async () => {
  for (const [name, entry] of await everyCommand()) {
    const { code, out } = await mockSuite([...name.split(' '), '--help'])
    expect(code, name).toBe(0)
    expect(out, name).toContain(`Usage: mock-suite ${name}`)
    expect(out, name).toMatch(/--json +print JSON/)
    expect(
      entry.examples?.some((line) => line.includes(`mock-suite ${name}`)),
      name,
    ).toBe(true)
  }
})

async function everyCommand() {
  const told = Object.entries(commands).filter(([, { hidden }]) => hidden !== true)
  const loaded = await Promise.all(told.map(async ([name, { load }]) => [name, await load()] as const))
  const leaves = loaded.map(async ([name, found]) => {
    if (!isGroup(found)) return [[name, found] as const]
    return Promise.all(
      Object.entries(found.commands).map(async ([word, { load }]) => {
        const leaf = await load()
        if (isGroup(leaf)) throw new Error(`${name} ${word} is a group within a group`)
        return [`${name} ${word}`, leaf] as const
      }),
    )
  })
  return (await Promise.all(leaves)).flat()
}

const runner = {
  flags: { lanes: whole('copies', { value: 'N', min: 1, max: 64, initial: 1 }) },
  args: [{ name: 'command', summary: 'what to run', verbatim: true }],
}

test('what a command takes verbatim stands behind --, its flags and further dashes too', () => {
  const { args, flags } = parse(['--lanes', '4', '--', 'pytest', '-n', '4', '--help', '--', 'a b', '*.py', ''], runner, {})
  expect([args, flags]).toMatchObject([['pytest', '-n', '4', '--help', '--', 'a b', '*.py', ''], { lanes: 4, help: false }])
})

test.each([
  [['pytest', '-n', '4'], 'command is missing: what to run, behind --'],
  [[], 'command is missing: what to run, behind --'],
  [['--lanes', '4', '--'], 'command is missing: what to run, behind --'],
  [['alert', '--', 'pytest'], 'there is nothing to do with "alert" before --'],
])('%j is refused: %s', (words, message) => {
  expect(() => parse(words, runner, {})).toThrow(expect.objectContaining({ name: 'UsageError', message }))
})
