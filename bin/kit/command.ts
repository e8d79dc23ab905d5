import type * as z from 'zod'
import type { common } from './common.ts'
import type { ExitCode } from './exit.ts'
import type { Flags, Names, Values } from './flag.ts'
import type { Origin } from './parse.ts'
import type { Terminal } from './terminal.ts'

/** A word of the command line that is no flag. */
export interface Arg {
  name: string
  summary: string
  /** What it is the name of, for whoever completes it. */
  names?: Names
  /** @default false */
  optional?: boolean
  /** Takes all that follow; only the last one may. @default false */
  many?: boolean
  /** Takes all that stands behind `--`, flags too, as it stands; it must be the only one. @default false */
  verbatim?: boolean
}

/** What a command is given when it runs. */
export interface Call<All extends Flags = Flags, Data = never> {
  flags: Values<All & typeof common>
  args: readonly string[]
  terminal: Terminal<Data>
  /** All that the program can do, for commands about commands. */
  program: Group
  /** Where each flag's value is from. */
  origins: Readonly<Record<string, Origin>>
}

/** One thing that the command line can do. */
export interface Command<All extends Flags = Flags, Output extends z.ZodType = z.ZodType<unknown, never>> {
  flags: All
  /** The shape of what `--json` prints: published, and all that `terminal.json` takes. Built only where schemas are written down. */
  output: () => Output
  args?: readonly Arg[]
  /** Lines that work as they stand; the first word after `$` is the program. */
  examples?: readonly string[]
  /** What it wants of the configuration file: one that is whole; to run although it is broken; or nothing at all. @default 'whole' */
  configuration?: 'whole' | 'perhaps broken' | 'none'
  /** Nothing means good. */
  run(call: Call<All, DataOf<() => Output>>): Promise<ExitCode | undefined> | ExitCode | undefined
}

/** What `terminal.json` takes under a declared output. */
export type DataOf<Output extends () => z.ZodType> = Given<z.input<ReturnType<Output>>>

/** Data that nobody is to change is as good. */
type Given<Data> = unknown extends Data ? Data : { readonly [Name in keyof Data]: Given<Data[Name]> }

/** A command and its sentence in the list of commands; the file behind it is read when it is asked for. */
export interface Entry {
  summary: string
  /** For programs: no list of commands has it. @default false */
  hidden?: boolean
  load: () => Promise<Command | Group>
}

/** Commands under one word: `clock now`, `clock advance`. */
export interface Group {
  commands: Readonly<Record<string, Entry>>
}

/** Declares a command; its flags arrive typed, and so does what it may print. */
export function defineCommand<const All extends Flags, Output extends z.ZodType>(command: Command<All, Output>): Command {
  return command as unknown as Command
}

export const isGroup = (found: Command | Group): found is Group => 'commands' in found
