import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { type Reading, type ReadOptions, readHar } from '../../contracts/kit/recording/read-har.ts'
import type { RecordingHead } from '../../contracts/kit/recording/write-har.ts'

export const head: RecordingHead = {
  version: '0.1.0',
  recordedAt: Date.parse('2026-01-17T09:15:30Z'),
  services: ['alert'],
  upstreams: { alert: 'https://alert.example.test' },
}

/** An exchange in which nothing is remarkable. */
export function exchange(given: Partial<RecordedExchange> = {}): RecordedExchange {
  return {
    at: Date.parse('2026-01-17T09:15:31.250Z'),
    milliseconds: 12.5,
    service: 'alert',
    operation: 'listAlerts',
    lane: 0,
    request: { method: 'GET', url: 'https://alert.example.test/alerts?limit=5', headers: ['Accept', 'application/json'], body: Buffer.alloc(0) },
    reply: { status: 200, headers: ['Content-Type', 'application/json'], body: Buffer.from('{"alerts":[]}') },
    ...given,
  }
}

/** All that a HAR tells, at once. */
export async function readAll(chunks: Iterable<Buffer>, options?: ReadOptions): Promise<Reading & { exchanges: RecordedExchange[] }> {
  const exchanges: RecordedExchange[] = []
  const reading = readHar(chunks, options)
  for (;;) {
    const { done, value } = await reading.next()
    if (done === true) return { ...value, exchanges }
    exchanges.push(value)
  }
}
