import { parseArgs } from 'node:util'
import { nearest } from '../../contracts/kit/nearest.ts'
import type { Command } from './command.ts'
import { common } from './common.ts'
import type { Flag, Flags, Values } from './flag.ts'
import { UsageError } from './usage-error.ts'

export interface Parsed {
  flags: Values<Flags>
  args: readonly string[]
}

/**
 * What was asked of a command: command line before environment before defaults.
 *
 * @throws UsageError
 */
export function parse(words: readonly string[], command: Pick<Command, 'flags' | 'args'>, env: NodeJS.ProcessEnv): Parsed {
  const flags: Flags = { ...command.flags, ...common }
  const given = new Map<string, unknown>()
  const args: string[] = []
  for (const token of tokensOf(words, flags)) {
    if (token.kind === 'positional') args.push(token.value)
    if (token.kind !== 'option') continue
    const name = nameOf(token, flags)
    const flag = flags[name] as Flag
    const text = token.value ?? (flag.value === undefined ? 'true' : undefined)
    if (text === undefined) throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${flag.value}`)
    given.set(name, read(flag, text, given.has(name) ? given.get(name) : flag.initial, `${token.rawName} ${JSON.stringify(text)}`))
  }
  const values = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, given.has(name) ? given.get(name) : fromEnvironment(name, flag as Flag, env)]),
  )
  if (values.help !== true) countArgs(args, command)
  return { flags: values as Values<Flags>, args }
}

/** `portOffset` as it is typed: `port-offset`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The variable that stands in for a flag: `MOCK_SUITE_PORT_OFFSET`. */
export const variable = (name: string): string => `MOCK_SUITE_${kebab(name).replaceAll('-', '_').toUpperCase()}`

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

function read(flag: Flag, text: string, before: unknown, told: string): unknown {
  try {
    return flag.read(text, before)
  } catch (error) {
    throw new UsageError(`could not read ${told}: ${(error as Error).message}`)
  }
}

function fromEnvironment(name: string, flag: Flag, env: NodeJS.ProcessEnv): unknown {
  const text = name in common && name !== 'json' ? undefined : env[variable(name)]
  return text === undefined || text === '' ? flag.initial : read(flag, text, flag.initial, `${variable(name)}=${JSON.stringify(text)}`)
}

function countArgs(args: readonly string[], { args: wanted = [] }: Pick<Command, 'args'>): void {
  const missing = wanted.find((arg, at) => arg.optional !== true && args.length <= at)
  if (missing !== undefined) throw new UsageError(`${missing.name} is missing: ${missing.summary}`)
  const extra = wanted.at(-1)?.many === true ? undefined : args[wanted.length]
  if (extra !== undefined) throw new UsageError(`there is nothing to do with ${JSON.stringify(extra)}: one word too many`)
}
