#!/usr/bin/env node
import { commands } from './commands.ts'
import { main } from './kit/main.ts'
import { processTerminal } from './kit/terminal.ts'
import { description, version } from './version.ts'

const terminal = processTerminal()
const code = await main(process.argv.slice(2), {
  version,
  summary: description,
  commands,
  terminal,
  env: process.env,
})
await terminal.flushed()
process.exit(code || process.exitCode)
