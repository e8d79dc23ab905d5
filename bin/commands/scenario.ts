import * as z from 'zod'
import type { PlayingInfo } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { findScenario, listLibrary } from '../../scenarios/kit/library.ts'
import { readScenario } from '../../scenarios/kit/load.ts'
import { tellScenario } from '../../scenarios/kit/tell-scenario.ts'
import { type Arg, defineCommand, type Group } from '../kit/command.ts'
import { EXIT } from '../kit/exit.ts'
import { toggle } from '../kit/flag.ts'
import { findOwn, ownFolders } from '../kit/own-scenarios.ts'
import { projectContracts } from '../kit/project-contracts.ts'
import { remote, remoteFlags } from '../kit/remote.ts'
import { seedFlag } from '../kit/seed.ts'
import type { Terminal } from '../kit/terminal.ts'
import { UsageError } from '../kit/usage-error.ts'
import { libraryText, playingText, scenarioData, scenarioText } from '../reports/scenario.ts'

const list = defineCommand({
  flags: {},
  output: () => control.operations.listScenarios.details().responses[200],
  examples: ['mock-suite scenario list', 'mock-suite scenario list --json | jq -r .scenarios[].name'],
  run({ flags, terminal }) {
    const scenarios = listLibrary(ownFolders()).map(({ file }) => tellScenario(readScenario(findScenario(file).text, file)))
    terminal.print(flags.json ? terminal.json({ scenarios }) : libraryText(scenarios, terminal))
    return undefined
  },
})

const source: Arg = { name: 'scenario', names: 'scenario', summary: 'its name in the library, or a file' }

const show = defineCommand({
  flags: { yaml: toggle('as it is written, to begin one’s own with') },
  args: [source],
  output: () => control.operations.getScenario.details().responses[200].extend({ file: z.string() }),
  examples: ['mock-suite scenario show alert-down', 'mock-suite scenario show alert-down --yaml > mine.yaml'],
  run({ flags, args: [asked = ''], terminal }) {
    const { file, text } = findOwn(asked, terminal)
    const scenario = readScenario(text, file)
    if (flags.json) terminal.print(terminal.json({ ...scenarioData(scenario), file, text }))
    else terminal.print(flags.yaml ? text.trimEnd() : scenarioText(scenario, file, terminal))
    return undefined
  },
})

const check = defineCommand({
  flags: {},
  args: [{ name: 'file', names: 'scenario', summary: 'files, or names in the library', many: true }],
  output: () => z.strictObject({ checked: z.array(z.strictObject({ file: z.string(), good: z.boolean(), message: z.string().nullable() })) }),
  examples: ['mock-suite scenario check tests/scenarios/*.yaml'],
  run({ flags, args, terminal }) {
    const checked = args.map((file) => ({ file, mistake: mistakeIn(file, terminal) }))
    if (flags.json)
      terminal.print(terminal.json({ checked: checked.map(({ file, mistake }) => ({ file, good: mistake === undefined, message: mistake ?? null })) }))
    else for (const { file } of checked.filter(({ mistake }) => mistake === undefined)) terminal.print(`${terminal.paint('green', '✓')} ${file}`)
    for (const { mistake } of checked) if (mistake !== undefined) terminal.warn(`mock-suite: ${mistake}`)
    return checked.some(({ mistake }) => mistake !== undefined) ? EXIT.usage : EXIT.good
  },
})

const everyLane = { lane: { ...remoteFlags.lane, shown: 'all of them' } }
const playFlags = { ...remoteFlags, ...everyLane, seed: seedFlag('the root of its chance', 'the scenario’s own, or the suite’s') }

const play = defineCommand({
  flags: playFlags,
  args: [source],
  output: () => control.operations.play.details().responses[201],
  examples: ['mock-suite scenario play alert-down', 'mock-suite scenario play mine.yaml --lane 1 --seed 7'],
  async run({ flags, args: [asked = ''], terminal }) {
    const { file, text } = findOwn(asked, terminal)
    const body = { text, file, ...(flags.seed === undefined ? {} : { seed: flags.seed }) }
    const { playing } = await remote(flags).post<{ playing: PlayingInfo[] }>('/v1/playing', { lane: flags.lane }, body)
    terminal.print(flags.json ? terminal.json({ playing }) : playingText(playing, terminal))
    return undefined
  },
})

const playing = defineCommand({
  flags: { ...remoteFlags, ...everyLane },
  output: () => control.operations.listPlaying.details().responses[200],
  examples: ['mock-suite scenario playing'],
  async run({ flags, terminal }) {
    const { playing } = await remote(flags).get<{ playing: PlayingInfo[] }>('/v1/playing', { lane: flags.lane })
    if (flags.json) terminal.print(terminal.json({ playing }))
    else if (playing.length === 0) terminal.tell('Nothing plays.')
    else terminal.print(playingText(playing, terminal))
    return undefined
  },
})

const stop = defineCommand({
  flags: { ...remoteFlags, ...everyLane, all: toggle('whatever plays') },
  args: [{ name: 'name', names: 'scenario', summary: 'what is to end', optional: true }],
  output: () => control.operations.stopPlaying.details().responses[200],
  examples: ['mock-suite scenario stop alert-down', 'mock-suite scenario stop --all'],
  async run({ flags, args: [name], terminal }) {
    if ((name === undefined) !== flags.all) throw new UsageError('say which scenario is to end, or --all: one of the two')
    const path = name === undefined ? '/v1/playing' : `/v1/playing/${encodeURIComponent(name)}`
    const reply = await remote(flags).ask('DELETE', path, { lane: flags.lane })
    const { stopped } = (await reply.json()) as { stopped: number }
    if (flags.json) terminal.print(terminal.json({ stopped }))
    else terminal.tell(`${stopped} stopped`)
    return undefined
  },
})

/** Scenarios of failure. Those that only read need no running suite. */
export const scenario: Group = {
  commands: {
    list: { summary: 'Lists the library.', load: async () => list },
    show: { summary: 'Shows one scenario: its story, and its rules in words.', load: async () => show },
    check: { summary: 'Holds scenarios against the language and the contracts, and tells every mistake with its place.', load: async () => check },
    play: { summary: 'Plays one in the suite that runs, from now on.', load: async () => play },
    playing: { summary: 'Tells what plays, and how often each rule matched and struck.', load: async () => playing },
    stop: { summary: 'Ends one, or all.', load: async () => stop },
  },
}

function mistakeIn(nameOrFile: string, terminal: Terminal): string | undefined {
  try {
    const { file, text } = findOwn(nameOrFile, terminal)
    readScenario(text, file, { contracts: Object.values(projectContracts()) })
    return undefined
  } catch (error) {
    if (error instanceof MockSuiteError) return error.message
    throw error
  }
}
