import { type Arg, type Command, type Group, isGroup } from '../command.ts'
import { common } from '../common.ts'
import type { Flag, Flags, Names } from '../flag.ts'
import { kebab } from '../parse.ts'

/** One word that may stand where the cursor is, and what it means. */
export interface Suggestion {
  word: string
  told: string
}

/** What may stand where the cursor is: words, a path, or whatever follows the words of another program, which begins at a word counted from 0. */
export type Suggestions = { kind: 'words'; words: readonly Suggestion[] } | { kind: 'files' | 'folders' } | { kind: 'command'; at: number }

/** What was typed before a name of which the rest is wanted. */
export interface Context {
  args: readonly string[]
  /** By name, as they were typed. */
  flags: ReadonlyMap<string, string>
}

/** Tells the names that there are. */
export type NamesOf = (names: Exclude<Names, readonly string[] | 'file' | 'folder'>, context: Context) => Promise<readonly Suggestion[]>

/** What may stand in place of the last word, which may be empty or begun. */
export async function suggest(typed: readonly string[], program: Group, namesOf: NamesOf): Promise<Suggestions> {
  const [before, last] = [typed.slice(0, -1), typed.at(-1) ?? '']
  const { found, rest, root } = await walk(before, program)
  if (found === undefined) return only([], last)
  if (isGroup(found)) return only(last.startsWith('-') ? flagsOf(root ? { ...BARE, ...VERSION } : BARE, new Map()) : commandsOf(found), last)
  const dashes = before.indexOf('--')
  if (dashes !== -1 && found.args?.some(({ verbatim }) => verbatim === true)) return { kind: 'command', at: dashes + 2 }
  const read = readBefore(rest, found)
  const given = { args: read.args, flags: read.flags }
  if (read.open !== undefined) return values(read.open, { last, ahead: '' }, given, namesOf)
  const assigned = read.closed ? undefined : assignment(last, found)
  if (assigned !== undefined) return values(assigned.flag, { last: assigned.value, ahead: assigned.ahead }, given, namesOf)
  if (last.startsWith('-') && !read.closed) return only(flagsOf({ ...found.flags, ...common }, read.flags), last)
  return argument(found, last, given, namesOf)
}

const BARE: Flags = { help: common.help }
const VERSION: Flags = { version: { summary: 'tell which version this is', initial: false, read: () => true } }

/** As the program itself finds its way to a command: flags may stand before it. */
async function walk(words: readonly string[], program: Group) {
  let [found, rest, root]: [Command | Group | undefined, readonly string[], boolean] = [program, words, true]
  while (found !== undefined && isGroup(found)) {
    const at = rest.findIndex((word) => !word.startsWith('-'))
    const word = rest[at]
    if (word === undefined) break
    const commands: Group['commands'] = found.commands
    found = Object.hasOwn(commands, word) ? await commands[word]?.load() : undefined
    rest = rest.toSpliced(at, 1)
    root = false
  }
  return { found, rest, root }
}

function commandsOf({ commands }: Group): Suggestion[] {
  return Object.entries(commands).flatMap(([word, { summary, hidden }]) => (hidden === true ? [] : [{ word, told: summary }]))
}

/** Those that may be given more than once, and those that were not. */
function flagsOf(flags: Flags, given: ReadonlyMap<string, string>): Suggestion[] {
  const open = Object.entries(flags).filter(([name, { initial }]) => !given.has(name) || Array.isArray(initial))
  return open.map(([name, { summary }]) => ({ word: `--${kebab(name)}`, told: summary }))
}

/** Reads the words before the last: what they give, and the flag that still wants a value. */
function readBefore(words: readonly string[], { flags }: Pick<Command, 'flags'>) {
  const all: Flags = { ...flags, ...common }
  const [args, given]: [string[], Map<string, string>] = [[], new Map()]
  let [open, closed]: [string | undefined, boolean] = [undefined, false]
  for (const word of words) {
    if (open !== undefined) {
      given.set(open, word)
      open = undefined
    } else if (closed || !word.startsWith('-') || word === '-') args.push(word)
    else if (word === '--') closed = true
    else {
      const [typed = '', value] = word.split(/=(.*)/s)
      const name = Object.keys(all).find((one) => typed === `--${kebab(one)}` || typed === `-${all[one]?.short}`)
      if (name !== undefined && value === undefined && all[name]?.value !== undefined) open = name
      else if (name !== undefined) given.set(name, value ?? 'true')
    }
  }
  return { args, flags: given as ReadonlyMap<string, string>, closed, open: open === undefined ? undefined : (all[open] as Flag) }
}

/** `--service=al`: a flag and the beginning of its value in one word. */
function assignment(word: string, { flags }: Pick<Command, 'flags'>) {
  const [, typed, value = ''] = /^--([\w-]+)=(.*)$/s.exec(word) ?? []
  const flag = Object.entries({ ...flags, ...common }).find(([name]) => kebab(name) === typed)?.[1]
  return flag?.value === undefined ? undefined : { flag: flag as Flag, value, ahead: `--${typed}=` }
}

async function values(flag: Flag, { last, ahead }: { last: string; ahead: string }, context: Context, namesOf: NamesOf): Promise<Suggestions> {
  // A list may be one word with commas: what stands before the last of them stays.
  const before = Array.isArray(flag.initial) ? last.slice(0, last.lastIndexOf(',') + 1) : ''
  return named(flag.names ?? PATHS[flag.value ?? ''], { last, ahead: `${ahead}${before}` }, context, namesOf)
}

/** Values that help calls so are paths. */
const PATHS: Readonly<Record<string, Names>> = { FILE: 'file', FOLDER: 'folder', DIR: 'folder' }

async function argument({ args = [], flags }: Command, last: string, context: Context, namesOf: NamesOf): Promise<Suggestions> {
  const wanted: Arg | undefined = args[context.args.length] ?? (args.at(-1)?.many === true ? args.at(-1) : undefined)
  if (wanted?.verbatim === true) return only([{ word: '--', told: wanted.summary }], last)
  if (wanted === undefined) return only(flagsOf({ ...flags, ...common }, context.flags), last)
  const found = await named(wanted.names, { last, ahead: '' }, context, namesOf)
  if (found.kind !== 'words') return found
  return { kind: 'words', words: found.words.filter(({ word }) => wanted.many !== true || !context.args.includes(word)) }
}

async function named(names: Names | undefined, { last, ahead }: { last: string; ahead: string }, context: Context, namesOf: NamesOf): Promise<Suggestions> {
  if (names === undefined) return only([], last)
  if (names === 'file' || names === 'folder') return { kind: `${names}s` }
  const found = typeof names === 'string' ? await namesOf(names, context) : names.map((word) => ({ word, told: '' }))
  const rest = ahead.startsWith('--') && !last.startsWith(ahead) ? `${ahead.slice(0, ahead.indexOf('=') + 1)}${last}` : last
  const fitting = only(
    found.map(({ word, told }) => ({ word: `${ahead}${word}`, told })),
    rest,
  )
  // A scenario may be a file as well.
  return names === 'scenario' && fitting.words.length === 0 ? { kind: 'files' } : fitting
}

function only(words: readonly Suggestion[], last: string): Extract<Suggestions, { kind: 'words' }> {
  return { kind: 'words', words: words.filter(({ word }) => word.startsWith(last)) }
}
