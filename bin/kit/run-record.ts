import { join } from 'node:path'
import type { Contract } from '../../contracts/kit/contract.ts'
import { LANE_STRIDE } from '../../mocks/kit/open.ts'
import { createRelay } from '../../mocks/kit/relay/relay.ts'
import { checkUpstream } from '../../mocks/kit/relay/upstream.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import type { AddressList } from '../reports/addresses.ts'
import { recordedText } from '../reports/recorded.ts'
import type { DataOf } from './command.ts'
import type { common } from './common.ts'
import { EXIT, type ExitCode } from './exit.ts'
import type { Values } from './flag.ts'
import { keepRunning } from './keep-running.ts'
import { type Project, project, tellProject } from './project.ts'
import type { recordFlags } from './record-flags.ts'
import type { recordedInfo } from './recorded-info.ts'
import { openSession, type Session } from './recording-session.ts'
import { suiteOptions } from './starter.ts'
import type { Terminal } from './terminal.ts'
import { upstreamsOf } from './upstreams.ts'

type RecordedData = DataOf<typeof recordedInfo>
type RecordValues = Values<typeof recordFlags & typeof common>

/** Stands relays where the fakes would stand, keeps what passes, and tells in the end what it has. */
export async function runRecord(flags: RecordValues, terminal: Terminal<AddressList | RecordedData>): Promise<ExitCode> {
  if (flags.quiet) terminal.quiet()
  const complain = (message: string) => terminal.warn(`mock-suite: ${message}`)
  const all = await project()
  tellProject(all, terminal)
  const upstreams = await checkedUpstreams(flags, all)
  const sessions = await openSessions(upstreams, flags, all, complain)
  try {
    const suite = await suiteOf(all)({
      ...(await suiteOptions({ ...flags, world: undefined, strictAuth: false, clock: undefined })),
      services: [...upstreams.keys()],
      backends: Object.fromEntries([...upstreams].map(([name, upstream]) => [name, relay(contractOf(all, name), upstream, sessions, flags)])),
      complain,
    })
    for (const name of flags.service) if (!upstreams.has(name)) terminal.tell(`${name} has no upstream: not started.`)
    for (const [name, upstream] of upstreams) terminal.tell(`Recording ${name}, as it is at ${upstream.href}, in ${sessions.get(name)?.file}`)
    terminal.tell('Secrets are replaced before anything is written.\n')
    await keepRunning(suite, flags, terminal)
  } finally {
    await Promise.all([...sessions.values()].map((session) => session.close()))
  }
  return tell(sessions, flags, terminal)
}

async function checkedUpstreams(flags: RecordValues, { contracts }: Project): Promise<Map<string, URL>> {
  const asked = upstreamsOf(flags, Object.keys(contracts))
  const doors = doorsOf(
    [...asked.keys()].map((name) => contractOf({ contracts }, name)),
    flags,
  )
  const rules = { allow: allowed(flags), doors }
  return new Map(await Promise.all([...asked].map(async ([name, text]) => [name, await checkUpstream(text, rules)] as const)))
}

/** Of a name that is known to be one of them. */
const contractOf = ({ contracts }: Pick<Project, 'contracts'>, name: string): Contract => contracts[name] as Contract

/** A build server does not record whatever a branch names. */
function allowed({ allow }: Pick<RecordValues, 'allow'>): readonly string[] | undefined {
  const unattended = !['', '0', 'false', undefined].includes(process.env.CI)
  return allow.length > 0 || unattended ? allow : undefined
}

function doorsOf(asked: readonly Contract[], { ports, portOffset, lanes }: Pick<RecordValues, 'ports' | 'portOffset' | 'lanes'>): number[] {
  if (ports === 'auto') return []
  return asked.flatMap(({ port }) => Array.from({ length: lanes }, (_, lane) => port + portOffset + lane * LANE_STRIDE))
}

async function openSessions(
  upstreams: ReadonlyMap<string, URL>,
  flags: RecordValues,
  all: Project,
  complain: (message: string) => void,
): Promise<Map<string, Session>> {
  const [now, key] = [Date.now(), flags.redactionKey ?? drawnKey()]
  const sessions = new Map<string, Session>()
  const { out } = flags
  for (const [name, upstream] of upstreams) {
    const folder = out === undefined ? join(all.recordings, name) : upstreams.size === 1 ? out : join(out, name)
    sessions.set(name, await openSession({ contract: contractOf(all, name), upstream, folder, key, now, complain }))
  }
  return sessions
}

const drawnKey = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')

function relay(contract: Contract, upstream: URL, sessions: ReadonlyMap<string, Session>, flags: RecordValues) {
  return createRelay({
    contract,
    upstream,
    allow: allowed(flags),
    keep: (exchange) => sessions.get(contract.service)?.keep(exchange),
    ...(flags.versionHeader === undefined ? {} : { versionHeader: flags.versionHeader }),
  })
}

async function tell(sessions: ReadonlyMap<string, Session>, flags: RecordValues, terminal: Terminal<RecordedData>): Promise<ExitCode> {
  const recorded = await Promise.all([...sessions.values()].map((session) => session.close()))
  if (flags.json) terminal.print(terminal.json({ recorded }))
  else terminal.tell(recordedText(recorded))
  const lost = recorded.reduce((sum, one) => sum + one.lost, 0)
  if (lost === 0) return EXIT.good
  terminal.warn(`mock-suite: ${lost} ${lost === 1 ? 'exchange was' : 'exchanges were'} lost: the recording has not all that passed`)
  return EXIT.findings
}
