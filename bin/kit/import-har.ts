import { basename } from 'node:path'
import { draftOf } from '../../contracts/draft/from-recordings.ts'
import { type Origin, ofOrigin, originsIn } from '../../contracts/draft/recorded/origins.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { listRecordings } from '../../contracts/kit/recording/list-recordings.ts'
import { recordedIn } from '../../contracts/kit/recording/recorded-in.ts'
import { defineCommand } from './command.ts'
import { text } from './flag.ts'
import { importFlags } from './import-flags.ts'
import { projectContracts } from './project-contracts.ts'
import { serviceName } from './service-name.ts'
import type { Terminal } from './terminal.ts'
import { draftInfo, writeDraft } from './write-draft.ts'

/** From our own recordings, or from what a browser, a proxy or a test tool saved. */
export const importHar = defineCommand({
  flags: {
    ...importFlags,
    host: text('whose exchanges to read, e.g. api.example:8443', { value: 'NAME', initial: undefined, shown: 'who answered most in JSON' }),
  },
  output: draftInfo,
  args: [{ name: 'file', names: 'file', summary: 'a HAR file, or a folder of them', many: true }],
  examples: ['mock-suite import har checkout.har --host api.example --service orders --out contracts/'],
  async run({ flags, args, terminal }) {
    const named = serviceName(flags.service)
    const files = args.flatMap((path) => listRecordings(path))
    const origins = await originsIn(exchangesIn(files, (line) => terminal.tell(line)))
    const origin = chosen(origins, { host: flags.host, service: named })
    // A service that the recording names is the same one at every address, unless one of them is asked for.
    const wanted = flags.host === undefined && origin.service !== undefined ? { service: origin.service } : origin
    tellOthers(origins, wanted, terminal)
    const service = named ?? origin.service ?? nameOf(origin.host)
    const known = Object.entries(projectContracts()).find(([name]) => name === service)?.[1]
    const draft = await draftOf(ofOrigin(exchangesIn(files), wanted), {
      ...{ service, file: files.map((file) => basename(file)).join(', ') },
      ...(flags.port === undefined ? {} : { port: flags.port }),
      ...(known === undefined ? {} : { contract: known }),
    })
    if (draft.operations.length === 0)
      throw new MockSuiteError(
        'bad-import',
        `could not find an operation in ${args.join(', ')}: ${draft.notes.join(' ') || 'there are no exchanges.'} Record some.`,
      )
    writeDraft(draft, flags, terminal)
    return undefined
  },
})

async function* exchangesIn(files: readonly string[], tell?: (line: string) => void): AsyncGenerator<RecordedExchange> {
  for (const file of files) {
    const reading = yield* recordedIn(file)
    if (reading.broken) tell?.(`${file} ends before it should; what is whole was read`)
    for (const { reason, times } of reading.skipped) tell?.(`${file}: ${times === 1 ? 'an entry was' : `${times} entries were`} passed over: ${reason}`)
  }
}

/** The origin that is asked for; of several, the one with most JSON. */
function chosen(origins: readonly Origin[], { host, service }: { host: string | undefined; service: string | undefined }): Origin {
  const there = host === undefined ? origins : origins.filter((one) => one.host === host || one.host.replace(/:\d+$/, '') === host)
  const [first] = there
  if (first !== undefined) return there.find((one) => service !== undefined && one.service === service) ?? first
  if (host === undefined) throw new MockSuiteError('bad-import', 'could not find an exchange: the recording is empty. Record some.')
  const hosts = [...new Set(origins.map((one) => one.host))]
  throw new MockSuiteError('bad-import', `could not find an exchange with ${host}.${didYouMean(host, hosts) || ` There are some with ${hosts.join(', ')}.`}`)
}

function tellOthers(origins: readonly Origin[], wanted: { host?: string; service: string | undefined }, terminal: Terminal): void {
  const isWanted = ({ host, service }: Origin) => service === wanted.service && (wanted.host ?? host) === host
  const others = origins.filter((origin) => !isWanted(origin) && origin.json > 0)
  if (others.length === 0) return
  const list = others.map(({ host, service, json }) => `${service === undefined ? '' : `${service} at `}${host} (${json} in JSON)`).join(', ')
  terminal.tell(
    `read what ${wanted.host ?? wanted.service} answered; left out ${list}: choose with --host, or with --service where the recording says whose it is`,
  )
}

/** `api.orders.example` is `orders`, `orders-service.internal` too. */
function nameOf(host: string): string {
  const [first = '', second = ''] = host.replace(/:\d+$/, '').toLowerCase().split('.')
  const label = /^(?:api|www|gateway|staging)$/.test(first) && /[a-z]/.test(second) ? second : first
  const name = label.replace(/[-_](?:service|api)$/, '').replaceAll(/[^a-z\d-]/g, '-')
  return /^[a-z]/.test(name) ? name : 'recorded'
}
