import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { choice, text, toggle } from '../kit/flag.ts'
import { remoteFlags } from '../kit/remote.ts'
import { envFormats } from '../reports/env.ts'

export const env = defineCommand({
  flags: {
    ...remoteFlags,
    format: choice('how to write it', { words: envFormats, initial: 'dotenv' }),
    host: text('the name by which the service under test reaches the fakes, e.g. host.docker.internal', {
      value: 'NAME',
      initial: undefined,
      shown: 'where they listen',
      apart: true,
    }),
    dns: toggle('the fakes by their DNS names, as in a compose network or a cluster: http://alert-service:8085'),
    environment: text('what ENVIRONMENT is to say', { value: 'NAME', initial: undefined, shown: 'development' }),
    minioScheme: choice('a scheme for MINIO_ENDPOINT, which by default has none: its SDK refuses one', { words: ['http', 'https'], initial: undefined }),
  },
  output: () => z.strictObject({ source: z.enum(['suite', 'plan']), env: z.record(z.string(), z.string()) }),
  examples: [
    'mock-suite env > .env',
    'eval "$(mock-suite env --format shell)"',
    'mock-suite env --format github >> "$GITHUB_ENV"',
    'mock-suite env --format compose --host host.docker.internal',
    'mock-suite env --format k8s --dns',
  ],
  async run({ flags, terminal }) {
    const [{ environmentFor }, { envText }] = [await import('../kit/environment.ts'), await import('../reports/env.ts')]
    const { variables, source } = await environmentFor(flags)
    terminal.print(flags.json ? terminal.json({ source, env: variables }) : envText(variables, flags.format))
    if (source === 'plan') terminal.tell('mock-suite: nothing runs there; these are the planned ports')
    return undefined
  },
})
