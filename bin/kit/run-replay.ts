import { MockSuiteError } from '../../contracts/kit/error.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { listRecordings } from '../../contracts/kit/recording/list-recordings.ts'
import type { Skipped } from '../../contracts/kit/recording/read-har.ts'
import { recordedIn } from '../../contracts/kit/recording/recorded-in.ts'
import { isReplayable, replayed } from '../../mocks/kit/replayed.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import type { AddressList } from '../reports/addresses.ts'
import { type Cast, castsOf } from './casts.ts'
import type { common } from './common.ts'
import type { Values } from './flag.ts'
import { keepRunning } from './keep-running.ts'
import { project } from './project.ts'
import type { replayFlags } from './replay-flags.ts'
import { suiteOptions } from './starter.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

type ReplayValues = Values<typeof replayFlags & typeof common>

/** Answers from recordings, and stays until a signal comes. */
export async function runReplay(paths: readonly string[], flags: ReplayValues, terminal: Terminal<AddressList>): Promise<undefined> {
  if (flags.quiet) terminal.quiet()
  if (flags.port !== undefined && flags.ports === 'auto') throw new UsageError('--port and --ports auto are two answers to one question')
  const complain = (message: string) => terminal.warn(`mock-suite: ${message}`)
  const exchanges = await readAll(
    paths.flatMap((path) => listRecordings(path)),
    complain,
  )
  const all = await project()
  const casts = withPort(castsOf(exchanges, { contracts: all.contracts, service: flags.service }), flags.port)
  if (casts.size === 0) throw nothing(paths, flags.service)
  const start = suiteOf<string>({ ...all, mocks: byName(casts, ({ contract }) => ({ contract, behaviour: { operations: {} } })) })
  const suite = await start({
    ...(await suiteOptions({ ...flags, world: undefined, strictAuth: false, clock: undefined, lanes: 1 })),
    backends: byName(casts, replayed),
    complain,
  })
  terminal.warn('mock-suite: recorded answers, not a fake: nothing is computed, and nothing is remembered')
  for (const [name, cast] of casts) terminal.tell(told(name, cast))
  terminal.tell('')
  await keepRunning(suite, flags, terminal)
}

async function readAll(files: readonly string[], complain: (message: string) => void): Promise<RecordedExchange[]> {
  const exchanges: RecordedExchange[] = []
  for (const file of files) {
    const reading = recordedIn(file)
    let read = await reading.next()
    for (; read.done !== true; read = await reading.next()) exchanges.push(read.value)
    if (read.value.broken) complain(`${file} ends before it should: what is whole was read`)
    for (const { reason, times, entry } of read.value.skipped satisfies readonly Skipped[])
      complain(`${file}: ${times} ${times === 1 ? 'entry was' : 'entries were'} passed over, the first is ${entry}: ${reason}`)
  }
  return exchanges.sort((one, other) => one.at - other.at)
}

function withPort(casts: Map<string, Cast>, port: number | undefined): Map<string, Cast> {
  if (port === undefined) return casts
  if (casts.size > 1) throw new UsageError(`--port is for one service, and these are ${[...casts.keys()].join(', ')}; name one with --service`)
  return new Map([...casts].map(([name, cast]) => [name, { ...cast, contract: { ...cast.contract, port } }]))
}

function nothing(paths: readonly string[], service: string | undefined): MockSuiteError {
  const whose = service === undefined ? '' : ` of ${service}`
  return new MockSuiteError('bad-recording', `could not replay ${paths.join(', ')}: there is no exchange${whose} in it. Name another recording.`)
}

function byName<T>(casts: ReadonlyMap<string, Cast>, make: (cast: Cast) => T): Record<string, T> {
  return Object.fromEntries([...casts].map(([name, cast]) => [name, make(cast)]))
}

function told(name: string, { exchanges }: Cast): string {
  const good = exchanges.filter(isReplayable).length
  const rest = exchanges.length - good
  const [first, last] = [exchanges[0], exchanges.at(-1)].map((exchange) => new Date(exchange?.at ?? 0).toISOString())
  const without = rest === 0 ? '' : `; ${rest} without a whole reply ${rest === 1 ? 'is' : 'are'} left out`
  return `${name}: ${good} ${good === 1 ? 'answer' : 'answers'}, recorded from ${first} to ${last}${without}`
}
