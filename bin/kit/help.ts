import { columns } from '../reports/columns.ts'
import { type Arg, type Command, type Entry, type Group, isGroup } from './command.ts'
import { common } from './common.ts'
import type { Flag, Flags } from './flag.ts'
import { kebab, variable } from './parse.ts'

/** What `--help` prints for a command, or for the commands under a word. */
export function help(name: string, { summary }: Pick<Entry, 'summary'>, found: Command | Group): string {
  const parts = isGroup(found) ? groupParts(name, found) : commandParts(name, found)
  return [`${usage(name, found)}\n\n${summary}`, ...parts].join('\n\n')
}

/** What a flag's line says: how it is typed, what it does, and what it is when left out. */
function flagRows(flags: Flags): [typed: string, told: string][] {
  return Object.entries(flags).map(([name, flag]) => [typed(name, flag), `${flag.summary}${defaultOf(flag as Flag)}`])
}

function usage(name: string, found: Command | Group): string {
  const words = isGroup(found) ? '<command>' : (found.args ?? []).map(wordOf).join(' ')
  const behind = !isGroup(found) && found.args?.some(({ verbatim }) => verbatim === true)
  const parts = behind ? [name, '[flags] --', words] : [name, words, '[flags]']
  return `Usage: mock-suite ${parts.filter((word) => word !== '').join(' ')}`
}

function wordOf({ name, optional, many, verbatim }: Arg): string {
  const word = many === true || verbatim === true ? `${name}…` : name
  return optional === true ? `[${word}]` : `<${word}>`
}

function groupParts(name: string, { commands }: Group): string[] {
  return [
    `Commands:\n${columns(
      Object.entries(commands)
        .filter(([, { hidden }]) => hidden !== true)
        .map(([word, { summary }]) => [`${name} ${word}`.trim(), summary]),
    )}`,
  ]
}

function commandParts(_name: string, { flags, args = [], examples = [] }: Command): string[] {
  const example = Object.keys(flags)[0]
  return [
    ...(args.length === 0 ? [] : [`Words:\n${columns(args.map(({ name, summary }) => [name, summary]))}`]),
    `Flags:\n${columns(flagRows({ ...flags, ...common }))}`,
    ...(examples.length === 0 ? [] : [`Examples:\n${examples.map((line) => `  ${line}`).join('\n')}`]),
    ...(example === undefined ? [] : [`Each flag can be given by environment: --${kebab(example)} is ${variable(example)}. The flag wins.`]),
  ]
}

function typed(name: string, { short, value }: Pick<Flag, 'short' | 'value'>): string {
  return `${short === undefined ? '' : `-${short}, `}--${kebab(name)}${value === undefined ? '' : ` ${value}`}`
}

function defaultOf({ initial, shown, value }: Flag): string {
  if (shown !== undefined) return ` (default: ${shown})`
  return value === undefined || initial === undefined ? '' : ` (default: ${initial})`
}
