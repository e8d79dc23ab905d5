import { join } from 'node:path'
import type { Contract } from '../../contracts/kit/contract.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { createRedactor, type RedactionStatement, type Redactor } from '../../contracts/kit/redact.ts'
import { type Kept, openRecorder, type Recorder } from '../../mocks/kit/recorder.ts'
import { version } from '../version.ts'

export interface SessionOptions {
  contract: Contract
  upstream: URL
  folder: string
  /** Under which secrets are replaced. */
  key: string
  /** Milliseconds since 1970. */
  now: number
  complain(message: string): void
}

/** The recording of one service: what is kept has been through the redactor first. */
export interface Session {
  readonly file: string
  keep(exchange: RecordedExchange): void
  close(): Promise<Recorded>
}

export interface Recorded extends Kept {
  service: string
  /** How many exchanges of each operation; those of none under `(no operation)`. */
  operations: Readonly<Record<string, number>>
  /** From how many exchanges something was removed. */
  redacted: number
  redaction: RedactionStatement
}

/** @throws MockSuiteError `bad-recording` */
export async function openSession({ contract, upstream, folder, key, now, complain }: SessionOptions): Promise<Session> {
  const { service } = contract
  const redactor = createRedactor({ key, contract })
  const head = { version, recordedAt: now, services: [service], upstreams: { [service]: upstream.href } }
  const recorder = await openRecorder({ file: join(folder, `${stamp(now)}.har`), head, redaction: redactor.statement, complain })
  return session(service, redactor, recorder)
}

/** As a file may be called everywhere: `2026-01-17T091530Z`. */
function stamp(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+|:/g, '')
}

function session(service: string, redactor: Redactor, recorder: Recorder): Session {
  const operations: Record<string, number> = {}
  let [redacted, unredacted] = [0, 0]
  return {
    file: recorder.file,
    keep(exchange) {
      const clean = unlessFailing(
        () => redactor.redact(exchange),
        () => (unredacted += 1),
      )
      recorder.keep(clean)
      const name = clean.operation ?? '(no operation)'
      operations[name] = (operations[name] ?? 0) + 1
      if ((clean.redactions?.length ?? 0) > 0) redacted += 1
    },
    async close() {
      const { file, kept, lost } = await recorder.close()
      return { service, file, kept, lost: lost + unredacted, operations, redacted, redaction: redactor.statement() }
    },
  }
}

/** What could not be redacted is not kept. */
function unlessFailing<T>(work: () => T, failed: () => void): T {
  try {
    return work()
  } catch (error) {
    failed()
    throw error
  }
}
