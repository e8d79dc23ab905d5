import { commands } from '../../bin/commands.ts'
import type { Command } from '../../bin/kit/command.ts'
import { parse } from '../../bin/kit/parse.ts'

/** What some words tell our command line to do. */
export async function understood([name = '', ...words]: readonly string[]) {
  const command = (await commands[name]?.load()) as Command
  const { flags, args } = parse(words, command, {})
  return { command: name, args, host: flags.host }
}
