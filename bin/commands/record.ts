import { defineCommand } from '../kit/command.ts'
import { recordFlags } from '../kit/record-flags.ts'

export const record = defineCommand({
  flags: recordFlags,
  examples: [
    'mock-suite record --service alert --upstream https://alert.staging.example --out contracts/recordings/alert',
    'mock-suite record --upstream alert=https://alert.staging.example --upstream user=https://user.staging.example',
  ],
  run: async ({ flags, terminal }) => (await import('../kit/run-record.ts')).runRecord(flags, terminal),
})
