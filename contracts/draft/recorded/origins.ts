import type { RecordedExchange } from '../../kit/recording/exchange.ts'
import { isJson, sampleOf } from './sample.ts'

/** One of those whose exchanges a recording holds: a browser's has many. */
export interface Origin {
  host: string
  /** Where the recording says it. */
  service: string | undefined
  exchanges: number
  /** How many of them answer in JSON: what a page is made of does not. */
  json: number
}

/** All origins, those with most JSON first. */
export async function originsIn(exchanges: AsyncIterable<RecordedExchange>): Promise<Origin[]> {
  const origins = new Map<string, Origin>()
  for await (const exchange of exchanges) {
    const key = keyOf(exchange)
    const origin = origins.get(key) ?? { host: hostOf(exchange), service: exchange.service, exchanges: 0, json: 0 }
    const sample = sampleOf(exchange)
    origin.exchanges += 1
    if (typeof sample !== 'string' && isJson(sample.reply.type)) origin.json += 1
    origins.set(key, origin)
  }
  return [...origins.values()].sort((one, other) => other.json - one.json || other.exchanges - one.exchanges)
}

/** The exchanges of one origin alone; without a host, of its service wherever it was. */
export async function* ofOrigin(exchanges: AsyncIterable<RecordedExchange>, { host, service }: { host?: string; service: string | undefined }) {
  for await (const exchange of exchanges) if ((host === undefined || hostOf(exchange) === host) && exchange.service === service) yield exchange
}

const hostOf = ({ request }: RecordedExchange): string => new URL(request.url).host
const keyOf = (exchange: RecordedExchange): string => JSON.stringify([exchange.service ?? null, hostOf(exchange)])
