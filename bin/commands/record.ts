import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { recordFlags } from '../kit/record-flags.ts'
import { recordedInfo } from '../kit/recorded-info.ts'
import { addressInfo } from '../reports/addresses.ts'

export const record = defineCommand({
  flags: recordFlags,
  output: () => z.union([addressInfo().describe('When it listens'), recordedInfo().describe('In the end')]),
  examples: [
    'mock-suite record --service alert --upstream https://alert.staging.example --out contracts/recordings/alert',
    'mock-suite record --upstream alert=https://alert.staging.example --upstream user=https://user.staging.example',
  ],
  run: async ({ flags, terminal }) => (await import('../kit/run-record.ts')).runRecord(flags, terminal),
})
