import { basename, dirname } from 'node:path'
import { type AcceptedList, accept } from '../../contracts/drift/accepted.ts'
import { type Addressee, createDirectory } from '../../contracts/drift/addressee.ts'
import type { FakeAnswer } from '../../contracts/drift/breaks/fake-answer.ts'
import { Comparison } from '../../contracts/drift/compare.ts'
import type { DriftReport } from '../../contracts/drift/report.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { listRecordings } from '../../contracts/kit/recording/list-recordings.ts'
import { recordedIn } from '../../contracts/kit/recording/recorded-in.ts'
import { Lane } from './lane.ts'
import { known } from './lanes.ts'
import type { Mock } from './mock.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import { Reenactment } from './reenact.ts'
import type { WorldSpec } from './world.ts'

export interface DriftOptions {
  /** Files, and folders whose `.har` files are meant. */
  recordings: readonly string[]
  /** Which contracts are looked at. @default all of them */
  services?: readonly string[] | undefined
  /** What was recorded longer ago than so many milliseconds proves nothing. @default nothing is too old */
  maxAge?: number | undefined
  /** The instant from which age is counted, in milliseconds since 1970. */
  now: number
  /** Findings that somebody lives with. */
  accepted?: AcceptedList | undefined
}

/** A `driftReport` for the fakes of this neighbourhood. Recordings are read as streams: memory does not grow with them. */
export function driftReportOf<Name extends string>({ mocks, world }: Pick<Neighbourhood<Name>, 'mocks' | 'world'>) {
  return async function driftReport({ recordings, services, maxAge, now, accepted = [] }: DriftOptions): Promise<DriftReport> {
    const all = Object.values<Mock>(mocks)
    const contracts = services === undefined ? all.map(({ contract }) => contract) : services.map((name) => mocks[known(name as Name, mocks)].contract)
    const comparison = new Comparison({ contracts, now, maxAge })
    const addressee = createDirectory(all.map(({ contract }) => contract))
    for (const file of recordings.flatMap((path) => listRecordings(path, services))) {
      let reenactment: Reenactment | undefined
      const reading = await each(recordedIn(file), (exchange, entry) => {
        const found = addressee(exchange, basename(dirname(file)))
        if (found !== undefined && !contracts.includes(found.contract)) return
        // Fakes of their own for each recording: what one has brought about, another has not.
        reenactment ??= new Reenactment(laneOf(all, world, exchange.at))
        comparison.add({ recording: file, entry, exchange, ...found, fake: askedOf(reenactment, exchange, found) })
      })
      comparison.read(file, reading)
    }
    const report = comparison.report()
    return { ...report, findings: accept(report.findings, accepted, now) }
  }
}

async function each<Result>(exchanges: AsyncGenerator<RecordedExchange, Result>, visit: (exchange: RecordedExchange, entry: number) => void): Promise<Result> {
  for (let entry = 0; ; entry += 1) {
    const next = await exchanges.next()
    if (next.done) return next.value
    visit(next.value, next.value.entry ?? entry)
  }
}

function askedOf(reenactment: Reenactment, exchange: RecordedExchange, found: Addressee | undefined): FakeAnswer | undefined {
  if (found?.match === undefined || exchange.reply === undefined) return undefined
  return reenactment.ask({ exchange, contract: found.contract, match: found.match, target: found.target })
}

function laneOf(mocks: readonly Mock[], world: WorldSpec, at: number): Lane {
  return new Lane(0, { mocks, world, seed: 42, strictAuth: false, journalLimit: 0, clock: at, complain: () => {} })
}
