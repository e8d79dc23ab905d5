#!/usr/bin/env node
import packageJson from '../package.json' with { type: 'json' }
import { commands } from './commands.ts'
import { main } from './kit/main.ts'
import { processTerminal } from './kit/terminal.ts'

const terminal = processTerminal()
const code = await main(process.argv.slice(2), {
  version: packageJson.version,
  summary: packageJson.description,
  commands,
  terminal,
  env: process.env,
})
await terminal.flushed()
process.exit(code)
