import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { alert } from '../../contracts/alert.ts'
import type { RecordedExchange } from '../../contracts/kit/recording/exchange.ts'
import { startSuite } from '../../mocks/index.ts'
import { createRelay, type RelayOptions } from '../../mocks/kit/relay/relay.ts'
import type { Suite, SuiteOptions } from '../../mocks/kit/suite.ts'

/** A real service with a relay before it. */
export interface Relayed extends AsyncDisposable {
  /** Where the client asks. */
  url: string
  suite: Suite<'alert'>
  /** The real service. */
  server: Server
  /** Where it listens. */
  upstream: string
  complaints: string[]
  /** What was handed to be kept, once there is so much of it. */
  recorded(count?: number): Promise<RecordedExchange[]>
}

type Options = Partial<RelayOptions> & Pick<SuiteOptions<'alert'>, 'scenarios'>

export async function openRelay(realService: RequestListener, { scenarios = [], ...options }: Options = {}): Promise<Relayed> {
  const server = createServer(realService)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const kept: RecordedExchange[] = []
  const complaints: string[] = []
  const news = new EventEmitter()
  const keep = (exchange: RecordedExchange) => {
    kept.push(exchange)
    news.emit('kept')
  }
  const relay = createRelay({ contract: alert, upstream: new URL(`${upstream}/base/`), keep, ...options })
  const complain = (message: string) => void complaints.push(message)
  const suite = await startSuite({ services: ['alert'], ports: 'auto', backends: { alert: relay }, scenarios, complain })
  return {
    url: suite.url('alert'),
    suite,
    server,
    upstream,
    complaints,
    async recorded(count = 1) {
      while (kept.length < count) await once(news, 'kept')
      return kept
    },
    async [Symbol.asyncDispose]() {
      await suite.stop()
      server.closeAllConnections()
      server.close()
    },
  }
}
