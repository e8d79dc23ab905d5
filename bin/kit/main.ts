import { resolve as resolvePath } from 'node:path'
import { nearest } from '../../contracts/kit/nearest.ts'
import { type Command, type Entry, type Group, isGroup } from './command.ts'
import type { common } from './common.ts'
import { findConfiguration } from './configuration/find.ts'
import { hold, type LoadedConfiguration } from './configuration/held.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { failureOf } from './failure.ts'
import type { Values } from './flag.ts'
import { help } from './help.ts'
import { ownWords, type Parsed, parse } from './parse.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

export interface Program {
  version: string
  summary: string
  commands: Group['commands']
  terminal: Terminal<object>
  env: NodeJS.ProcessEnv
  /** The folder from which a configuration file is looked for. @default the working folder */
  cwd?: string
}

/** Finds the command, reads its flags, runs it; whatever goes wrong becomes a message and an exit code. */
export async function main(words: readonly string[], program: Program): Promise<ExitCode> {
  const { terminal } = program
  try {
    return await dispatch(words, program)
  } catch (error) {
    const { code, message, exit } = failureOf(error)
    if (ownWords(words).includes('--json')) terminal.print(terminal.json({ error: { code, message } }))
    terminal.warn(`mock-suite: ${message}`)
    return exit
  }
}

async function dispatch(words: readonly string[], { version, summary, commands, terminal, env, cwd = process.cwd() }: Program): Promise<ExitCode> {
  if (words[0] === '--version' || words[0] === '-V') {
    terminal.print(words.includes('--json') ? terminal.json({ version }) : version)
    return EXIT.good
  }
  const { name, entry, found, rest } = await resolve(words, { summary, load: async () => ({ commands }) })
  const page = () => help(name, entry, found)
  if (isGroup(found)) {
    const asked = rest.some((word) => word === '--help' || word === '-h')
    if (asked) terminal.print(page())
    else terminal.warn(page())
    return asked ? EXIT.good : EXIT.usage
  }
  const asked = parse(rest, found, env)
  if (asked.flags.help) {
    terminal.print(page())
    return EXIT.good
  }
  const configuration = await configurationFor(found, asked, cwd)
  const { flags, args, origins } = configuration === undefined ? asked : parse(rest, found, env, configuration.settings)
  return (await found.run({ flags: flags as Values<typeof common>, args, terminal, origins, program: { commands } })) ?? EXIT.good
}

/** Reads the configuration file of this call, if there is one, and holds it for the command. */
async function configurationFor({ configuration: wanted = 'whole' }: Command, asked: Parsed, cwd: string): Promise<LoadedConfiguration | undefined> {
  hold({})
  const file = wanted === 'none' ? undefined : fileFor(asked, cwd)
  if (file === undefined) return undefined
  const { loadConfiguration } = await import('./configuration/load.ts')
  try {
    const loaded = await loadConfiguration(file, cwd)
    hold({ loaded })
    return loaded
  } catch (error) {
    if (wanted === 'whole') throw error
    hold({ broken: error as Error })
    return undefined
  }
}

/** A flag comes before a variable; two flags, or two variables, are two answers to one question. */
function fileFor({ flags, origins }: Parsed, cwd: string): string | undefined {
  const { config, noConfig } = flags as Values<typeof common>
  const both = config !== undefined && noConfig
  if (both && origins.config?.from === origins.noConfig?.from) throw new UsageError('--config and --no-config are two answers to one question')
  if (noConfig && !(both && origins.config?.from === 'command line')) return undefined
  return config === undefined ? findConfiguration(cwd) : resolvePath(cwd, config)
}

interface Resolved {
  name: string
  entry: Entry
  found: Command | Group
  rest: readonly string[]
}

/** Walks down the words to a command. Switches may stand before it: `mock-suite --json status`. */
async function resolve(words: readonly string[], root: Entry): Promise<Resolved> {
  const path: string[] = []
  let [entry, found, rest] = [root, await root.load(), words]
  while (isGroup(found)) {
    const at = rest.findIndex((word) => !word.startsWith('-'))
    const word = rest[at]
    if (word === undefined) break
    const next = found.commands[word]
    if (next === undefined) throw unknownCommand([...path, word], listed(found))
    path.push(word)
    ;[entry, found, rest] = [next, await next.load(), rest.toSpliced(at, 1)]
  }
  return { name: path.join(' '), entry, found, rest }
}

/** Those that are for people. */
const listed = ({ commands }: Group): string[] => Object.keys(commands).filter((name) => commands[name]?.hidden !== true)

function unknownCommand(path: readonly string[], known: readonly string[]): UsageError {
  const word = path.at(-1) as string
  const meant = nearest(word, known)
  const hint = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${[...path.slice(0, -1), meant].join(' ')}?`
  return new UsageError(`there is no command ${path.join(' ')}; ${hint}`)
}
