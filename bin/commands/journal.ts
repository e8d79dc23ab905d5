import * as z from 'zod'
import type { Entry, JournalPage } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { type Call, type DataOf, defineCommand } from '../kit/command.ts'
import { eventsOf } from '../kit/events.ts'
import { text, toggle, type Values, whole } from '../kit/flag.ts'
import { type Remote, remote, remoteFlags } from '../kit/remote.ts'
import { exchangeText } from '../reports/exchange.ts'

const journalFlags = {
  ...remoteFlags,
  service: text('only exchanges with this fake', { value: 'NAME', names: 'service', initial: undefined }),
  operation: text('only exchanges of this operation', { value: 'NAME', names: 'operation', initial: undefined }),
  status: whole('only exchanges answered with this status', { value: 'N', min: 100, max: 599, initial: undefined }),
  fault: text('only exchanges that this fault struck', { value: 'NAME', initial: undefined }),
  unmatched: toggle('only requests that no operation took'),
  refused: toggle('only requests that were refused, and those that no operation took'),
  explain: toggle('with why each was refused, and what would have been answered; on with --unmatched and --refused'),
  noExplain: toggle('without'),
  since: whole('only what came after this number', { value: 'SEQ', min: 0, max: Number.MAX_SAFE_INTEGER, initial: undefined }),
  limit: whole('the newest so many', { value: 'N', min: 1, max: 1_000_000, initial: undefined, shown: 'all' }),
  follow: toggle('go on with what happens next; with --json one object a line', { short: 'f' }),
  verbose: toggle('headers and bodies too', { short: 'v' }),
}

const journalOutput = () => {
  const page = control.operations.listEntries.details().responses[200]
  return z.union([page, page.shape.entries.element.describe('A line each, with --follow')])
}

type JournalValues = Values<typeof journalFlags>
type JournalCall = Call<typeof journalFlags, DataOf<typeof journalOutput>>

export const journal = defineCommand({
  flags: journalFlags,
  output: journalOutput,
  examples: [
    'mock-suite journal --unmatched',
    "mock-suite journal --refused --limit 1 --json | jq -r '.entries[0].explanation.curl'",
    'mock-suite journal --service alert --status 422 -v',
    'mock-suite journal --fault reset',
    'mock-suite journal --follow --json | jq .request.target',
  ],
  async run(call) {
    const { flags, terminal } = call
    const { lane, service, operation, status, fault, since, limit } = flags
    const suite = remote(flags)
    // Before the page is read: what happens in between is then in both, and told once.
    const events = flags.follow ? await suite.ask('GET', '/v1/events', { lane: lane ?? 0, service }, { signal: terminal.unread }) : undefined
    const page = await suite.get<JournalPage>('/v1/journal', {
      lane,
      service,
      operation,
      status,
      fault,
      since,
      limit,
      ...(flags.unmatched ? { unmatched: true } : {}),
      ...(flags.refused ? { refused: true } : {}),
      ...(isExplained(flags) ? { explain: true } : {}),
    })
    if (flags.json && !flags.follow) terminal.print(terminal.json(page))
    else for (const entry of page.entries) tell(entry, call)
    if (page.dropped > 0) terminal.tell(`${page.dropped} older exchanges made room for newer ones: see --journal-limit`)
    if (events?.body) {
      await follow(events.body, page, call).catch((error: unknown) => {
        if (!terminal.unread.aborted) throw lost(suite, error)
      })
    }
    return undefined
  },
})

async function follow(stream: ReadableStream<Uint8Array>, { total }: JournalPage, call: JournalCall): Promise<void> {
  let told = total
  for await (const { event, data } of eventsOf(stream)) {
    if (event === 'end') return
    if (event === 'reset') {
      told = 0
      call.terminal.tell('reset: the journal begins again')
    }
    if (event === 'gap')
      call.terminal.tell(`${(JSON.parse(data) as { missed: number }).missed} exchanges were missed: they made room before they could be told`)
    if (event !== 'exchange') continue
    const entry = JSON.parse(data) as Entry
    if (entry.seq <= told) continue
    told = entry.seq
    if (passes(entry, call.flags)) tell(entry, call)
  }
  throw new Error('it broke off')
}

function lost({ url }: Remote, error: unknown): MockSuiteError {
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause?.code ?? (error as Error).message
  return new MockSuiteError('not-running', `could not go on following ${url}: ${cause}. Look whether the suite still runs with mock-suite status.`)
}

function isExplained({ explain, noExplain, unmatched, refused }: JournalValues): boolean {
  return !noExplain && (explain || unmatched || refused)
}

function passes(entry: Entry, { operation, status, fault, unmatched, refused }: JournalValues): boolean {
  if (fault !== undefined && !entry.faults.some((injection) => injection.fault === fault)) return false
  if (operation !== undefined && entry.operation !== operation) return false
  if (unmatched && (entry.operation !== null || entry.direction === 'out')) return false
  if (refused && entry.problem === null && (entry.operation !== null || entry.direction === 'out')) return false
  return status === undefined || entry.status === status
}

function tell(entry: Entry, { flags, terminal }: JournalCall): void {
  terminal.print(flags.json ? terminal.json(entry) : exchangeText(entry, terminal, flags))
}
