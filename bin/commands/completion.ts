import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { bash } from '../kit/complete/bash.ts'
import { fish } from '../kit/complete/fish.ts'
import { zsh } from '../kit/complete/zsh.ts'
import { choice } from '../kit/flag.ts'
import { UsageError } from '../kit/usage-error.ts'

const scripts = { bash, zsh, fish }
type Shell = keyof typeof scripts
const SHELLS = Object.keys(scripts) as Shell[]
const shellOf = choice('', { words: SHELLS, initial: undefined })

export const completion = defineCommand({
  flags: {},
  output: () => z.strictObject({ shell: z.enum(SHELLS), script: z.string() }),
  configuration: 'none',
  args: [{ name: 'shell', summary: `one of ${SHELLS.join(', ')}`, names: SHELLS }],
  examples: [
    `echo 'source <(mock-suite completion bash)' >> ~/.bashrc`,
    `mock-suite completion zsh > ~/.zfunc/_mock-suite`,
    'mock-suite completion fish > ~/.config/fish/completions/mock-suite.fish',
  ],
  run({ flags, args: [asked = ''], terminal }) {
    const shell = readShell(asked)
    const script = scripts[shell].trimEnd()
    terminal.print(flags.json ? terminal.json({ shell, script }) : script)
    return undefined
  },
})

function readShell(asked: string): Shell {
  try {
    return shellOf.read(asked, undefined, {}) as Shell
  } catch (error) {
    throw new UsageError(`could not complete for ${JSON.stringify(asked)}: ${(error as Error).message}`)
  }
}
