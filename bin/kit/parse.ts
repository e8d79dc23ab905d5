import { parseArgs } from 'node:util'
import { nearest } from '../../contracts/kit/nearest.ts'
import type { Command } from './command.ts'
import { common } from './common.ts'
import type { Flag, Flags, Values } from './flag.ts'
import { UsageError } from './usage-error.ts'

export interface Parsed {
  flags: Values<Flags>
  args: readonly string[]
  /** Where each flag's value is from. */
  origins: Readonly<Record<string, Origin>>
}

/** Who gave a flag its value. */
export interface Origin {
  from: 'command line' | 'environment' | 'configuration' | 'default'
  /** `--lanes`, `MOCK_SUITE_LANES`, `mock-suite.config.ts:4`; nothing for a default. */
  where: string | undefined
  /** Who gave another one in vain. */
  over: readonly string[]
}

/** What a configuration file says a flag is. */
export interface Setting {
  value: unknown
  /** `mock-suite.config.ts:4` */
  where: string
}

/** By the flag's name. */
export type Settings = ReadonlyMap<string, Setting>

const NO_SETTINGS: Settings = new Map()

/**
 * What was asked of a command: command line before environment before configuration file before defaults.
 *
 * @throws UsageError
 */
export function parse(words: readonly string[], command: Pick<Command, 'flags' | 'args'>, env: NodeJS.ProcessEnv, settings = NO_SETTINGS): Parsed {
  const flags: Flags = { ...command.flags, ...common }
  const given = new Map<string, unknown>()
  const args: string[] = []
  const { own, behind } = cut(words, command)
  for (const token of tokensOf(own, flags)) {
    if (token.kind === 'positional') args.push(token.value)
    if (token.kind !== 'option') continue
    const name = nameOf(token, flags)
    const flag = flags[name] as Flag
    const text = token.value ?? (flag.value === undefined ? 'true' : undefined)
    if (text === undefined) throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${flag.value}`)
    given.set(name, read(flag, text, given.has(name) ? given.get(name) : flag.initial, `${token.rawName} ${JSON.stringify(text)}`, env))
  }
  const settled = settle(flags, { given, env, settings })
  const values = Object.fromEntries(settled.map(({ name, value }) => [name, value]))
  if (values.help !== true) countArgs(args, command, behind)
  return { flags: values as Values<Flags>, args: behind ?? args, origins: Object.fromEntries(settled.map(({ name, origin }) => [name, origin])) }
}

interface Sources {
  given: ReadonlyMap<string, unknown>
  env: NodeJS.ProcessEnv
  settings: Settings
}

/** Gives each flag the value of whoever comes first. */
function settle(flags: Flags, { given, env, settings }: Sources): { name: string; value: unknown; origin: Origin }[] {
  const hushed = new Set([...given.keys()].flatMap((name) => flags[name]?.hushes ?? []))
  return Object.entries(flags).map(([name, flag]) => {
    const setting = flag.apart === true ? undefined : settings.get(name)
    const sources = [
      ...(given.has(name) ? [{ from: 'command line' as const, where: `--${kebab(name)}`, value: () => given.get(name) }] : []),
      ...(speaks(name, env) && !hushed.has(name)
        ? [{ from: 'environment' as const, where: variable(name), value: () => fromEnvironment(name, flag as Flag, env) }]
        : []),
      ...(setting === undefined ? [] : [{ from: 'configuration' as const, where: setting.where, value: () => setting.value }]),
      { from: 'default' as const, where: undefined, value: () => flag.initial },
    ]
    const [{ from, where, value }, ...rest] = sources as [(typeof sources)[number], ...typeof sources]
    return { name, value: value(), origin: { from, where, over: rest.flatMap((source) => source.where ?? []) } }
  })
}

/** The words that are ours: what a command takes verbatim stands behind `--`. */
export function ownWords(words: readonly string[]): readonly string[] {
  const dashes = words.indexOf('--')
  return dashes === -1 ? words : words.slice(0, dashes)
}

/** `portOffset` as it is typed: `port-offset`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The variable that stands in for a flag: `MOCK_SUITE_PORT_OFFSET`. */
export const variable = (name: string): string => `MOCK_SUITE_${kebab(name).replaceAll('-', '_').toUpperCase()}`

/** Without `--` the flags of what is to run would be read as ours: that is told before anything else is. */
function cut(words: readonly string[], { args = [] }: Pick<Command, 'args'>): { own: readonly string[]; behind?: readonly string[] } {
  const verbatim = args.find((arg) => arg.verbatim === true)
  if (verbatim === undefined) return { own: words }
  const own = ownWords(words)
  if (own.length === words.length && !words.includes('--help') && !words.includes('-h'))
    throw new UsageError(`${verbatim.name} is missing: ${verbatim.summary}, behind --`)
  return { own, behind: words.slice(own.length + 1) }
}

function tokensOf(words: readonly string[], flags: Flags) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value, short }]) => [
      kebab(name),
      { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short === undefined ? {} : { short }) },
    ]),
  )
  return parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

function nameOf({ name, rawName }: { name: string; rawName: string }, flags: Flags): string {
  const known = Object.keys(flags)
  const found = known.find((one) => kebab(one) === name)
  if (found !== undefined) return found
  const meant = rawName.startsWith('--') ? nearest(name, known.map(kebab)) : undefined
  throw new UsageError(`there is no flag ${rawName}${meant === undefined ? '' : `; did you mean --${meant}?`}`)
}

function read(flag: Flag, text: string, before: unknown, told: string, env: NodeJS.ProcessEnv): unknown {
  try {
    return flag.read(text, before, env)
  } catch (error) {
    throw new UsageError(`could not read ${told}: ${(error as Error).message}`)
  }
}

/** An empty variable says nothing. */
const speaks = (name: string, env: NodeJS.ProcessEnv): boolean => name !== 'help' && (env[variable(name)] ?? '') !== ''

function fromEnvironment(name: string, flag: Flag, env: NodeJS.ProcessEnv): unknown {
  const text = env[variable(name)] as string
  return read(flag, text, flag.initial, `${variable(name)}=${JSON.stringify(text)}`, env)
}

function countArgs(args: readonly string[], { args: wanted = [] }: Pick<Command, 'args'>, behind?: readonly string[]): void {
  const missing = wanted.find((arg, at) => arg.optional !== true && (behind ?? args).length <= at)
  if (missing !== undefined) throw new UsageError(`${missing.name} is missing: ${missing.summary}${behind === undefined ? '' : ', behind --'}`)
  if (behind !== undefined && args.length > 0) throw new UsageError(`there is nothing to do with ${JSON.stringify(args[0])} before --`)
  const extra = wanted.at(-1)?.many === true ? undefined : args[wanted.length]
  if (extra !== undefined) throw new UsageError(`there is nothing to do with ${JSON.stringify(extra)}: one word too many`)
}
