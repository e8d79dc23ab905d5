import type { ControlOptions, SuiteOptions } from '../../mocks/kit/suite-options.ts'
import { isScenarioFile } from '../../scenarios/kit/library.ts'
import { configuration } from './configuration/held.ts'
import { choice, type Flag, list, text, toggle, type Values, whole } from './flag.ts'

const seed: Flag<number | 'random'> = {
  summary: 'the root of all chance and ids, or `random`',
  value: 'N',
  initial: 42,
  read(given) {
    if (given === 'random') return given
    if (/^-?\d+$/.test(given) && Number.isSafeInteger(Number(given))) return Number(given)
    throw new Error('it must be a whole number, or random')
  },
}

/** The flags that choose what a suite is made of, common to all commands that start one. */
export const starterFlags = {
  host: list('address to listen on; may be given more than once', { value: 'HOST', initial: [], shown: 'loopback, both families' }),
  ports: choice('the fixed ports of the contracts, or free ones', { words: ['fixed', 'auto'], initial: 'fixed' }),
  portOffset: whole('added to every fixed port', { value: 'N', min: -8000, max: 50_000, initial: 0 }),
  lanes: whole('isolated copies, on ports 100 apart', { value: 'N', min: 1, max: 64, initial: 1 }),
  seed,
  world: text('records that replace or join those of the default world, YAML or JSON', { value: 'FILE', initial: undefined, isFile: () => true }),
  scenario: list('what plays from the start, in every lane: names of the library, or files; may be given more than once', {
    value: 'NAME',
    names: 'scenario',
    initial: [],
    shown: 'none',
    isFile: isScenarioFile,
  }),
  strictAuth: toggle('refuse missing credentials even where real clients are known to send none'),
  journalLimit: whole('how many exchanges each lane keeps', { value: 'N', min: 0, max: 1_000_000, initial: 10_000 }),
  clock: text('an instant at which the clock stands still, e.g. 2026-01-17T09:15:30Z', { value: 'INSTANT', initial: undefined, shown: 'real time' }),
  controlPort: whole('the port of the control API', {
    value: 'N',
    min: 1,
    max: 65_535,
    initial: undefined,
    shown: '8070 plus the offset; a free one with --ports auto',
  }),
  noControl: toggle('no control API: nothing can ask or change the suite from outside'),
  allowHost: list('a name by which the control API may be called, besides mock-suite and those of loopback; may be given more than once', {
    value: 'NAME',
    initial: [],
    shown: 'none',
  }),
  token: text('the bearer token that the control API wants', { value: 'TOKEN', initial: undefined, shown: 'none on loopback, a random one elsewhere' }),
  watch: toggle('follow the files that the suite is made of: configuration and its modules, scenarios, world'),
  quiet: toggle('say nothing but errors', { short: 'q' }),
}

/** The flags, and the name of the suite if it has one. */
export type StarterValues = Values<typeof starterFlags> & { readonly instance?: string | undefined }

/** What the flags ask of `startSuite`. */
export async function suiteOptions(flags: Omit<StarterValues, 'watch'>): Promise<Omit<SuiteOptions, 'services'>> {
  return {
    ports: flags.ports,
    portOffset: flags.portOffset,
    ...(flags.host.length === 0 ? {} : { hosts: flags.host }),
    lanes: flags.lanes,
    seed: flags.seed === 'random' ? drawn() : flags.seed,
    ...(await worldOf(flags.world)),
    scenarios: flags.scenario,
    strictAuth: flags.strictAuth,
    control: flags.noControl ? false : controlOptions(flags),
    journalLimit: flags.journalLimit,
    ...(flags.clock === undefined ? {} : { clock: flags.clock }),
  }
}

function controlOptions({ controlPort, token, allowHost, instance }: Pick<StarterValues, 'controlPort' | 'token' | 'allowHost' | 'instance'>): ControlOptions {
  return {
    ...(controlPort === undefined ? {} : { port: controlPort }),
    ...(token === undefined ? {} : { token }),
    ...(allowHost.length === 0 ? {} : { allowHosts: allowHost }),
    ...(instance === undefined ? {} : { instance }),
  }
}

/** The one number that is meant to differ from run to run; it is printed, so that the run can be had again. */
function drawn(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number
}

/** The file that a flag names, or else what a configuration file spells out. */
async function worldOf(file: string | undefined): Promise<Pick<SuiteOptions, 'world'>> {
  const spelt = configuration()?.world
  if (file === undefined && spelt === undefined) return {}
  const [{ readWorld, checkWorld }, { world }] = await Promise.all([import('./world-file.ts'), import('../../mocks/world/index.ts')])
  return { world: file === undefined ? checkWorld(spelt as NonNullable<typeof spelt>, world) : readWorld(file, world) }
}
