import * as z from 'zod'
import { trusted } from '../../contracts/drift/trusted.ts'
import { visible } from '../../contracts/kit/visible.ts'
import { defineCommand } from '../kit/command.ts'
import { age, knownServices, readDrift, recordingFlags, recordingsFor } from '../kit/drift-flags.ts'
import { EXIT } from '../kit/exit.ts'
import { whole } from '../kit/flag.ts'
import { projectContracts } from '../kit/project-contracts.ts'
import { trustText } from '../reports/trust.ts'
import { unread } from '../reports/unread.ts'

const trustedService = () =>
  z.strictObject({
    service: z.string(),
    trusted: z.boolean(),
    /** Empty when it is. */
    why: z.array(z.string()),
    lastRecorded: z.iso.datetime().nullable(),
    operations: z.int(),
    proven: z.int(),
  })

const MONTH = 30 * 86_400_000

export const trust = defineCommand({
  flags: {
    ...recordingFlags,
    maxAge: age('how old the youngest recording of a service may be', { initial: MONTH, shown: '30d' }),
    minCoverage: whole('so many percent of its operations must be proven', { value: 'PERCENT', min: 0, max: 100, initial: 0 }),
  },
  output: () => z.strictObject({ trusted: z.boolean(), services: z.array(trustedService()), notes: z.array(z.string()) }),
  args: [{ name: 'service', names: 'service', summary: 'e.g. alert; all of them when left out', optional: true, many: true }],
  examples: ['mock-suite trust alert user', 'mock-suite trust alert --max-age 7d --min-coverage 50'],
  async run({ flags, args, terminal }) {
    const asked = args.length === 0 ? Object.values(projectContracts()).map(({ service }) => service) : knownServices(args)
    const { maxAge, minCoverage } = flags
    const { report } = await readDrift({ ...flags, recordings: recordingsFor(flags.recordings, asked), services: asked })
    const services = trusted(report, { services: asked, maxAge, minCoverage })
    const all = services.every((one) => one.trusted)
    const notes = unread(report.recordings)
    for (const note of flags.json ? [] : notes) terminal.warn(visible(note))
    terminal.print(flags.json ? terminal.json({ trusted: all, services, notes }) : trustText(services, terminal))
    return all ? EXIT.good : EXIT.findings
  },
})
