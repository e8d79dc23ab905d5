import { type HttpHandler, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import type { Suite, SuiteOptions } from '../suite.ts'
import { fetchFrom } from './fetch.ts'

/** What cannot be told through msw, and why: such an outcome reaches the client as a bare network error. */
export const CANNOT: Readonly<Record<'close' | 'reset' | 'garbage' | 'getWithBody' | 'headerOrder', string>> = {
  close: 'msw has no socket: every end is a network error without a code',
  reset: 'msw has no socket: every end is a network error without a code',
  garbage: 'msw has no socket: bytes that are not HTTP cannot be sent',
  getWithBody: 'a fetch Request refuses a GET with a body',
  headerOrder: 'fetch Headers are sorted and lower-cased',
}

/** A suite whose fakes answer inside this process, at their DNS names and at loopback alike. */
export type InProcessSuite<Name extends string = string> = Suite<Name>

/**
 * An `inProcess` for a `startSuite`: no ports are opened; msw answers what this process asks of the fakes, and lets everything else through.
 */
export function inProcessOf<Name extends string>(startSuite: <const Asked extends Name = Name>(options?: SuiteOptions<Asked>) => Promise<Suite<Asked>>) {
  return async function inProcess<const Asked extends Name = Name>(
    options: Omit<SuiteOptions<Asked>, 'ports' | 'lanes' | 'hosts'> = {},
  ): Promise<InProcessSuite<Asked>> {
    const suite = await startSuite<Asked>({
      ...options,
      ports: 'none',
      cannot: { socket: CANNOT.reset, port: 'msw has no port that could refuse a connection', ...options.cannot },
    })
    announce(suite, options.portOffset ?? 0)
    const server = setupServer(...handlersOf(suite))
    server.listen({ onUnhandledRequest: 'bypass' })
    const { stop: stopSuite, renew: renewSuite } = suite
    const stop = () => {
      server.close()
      return stopSuite()
    }
    const renew: typeof renewSuite = async (change) => {
      const renewed = await renewSuite(change)
      announce(suite, options.portOffset ?? 0)
      server.resetHandlers(...handlersOf(suite))
      return renewed
    }
    return Object.assign(suite, { stop, renew, [Symbol.asyncDispose]: stop })
  }
}

/** Nobody listens, but this is where a client will ask. */
function announce(suite: Suite, offset: number): void {
  const lane = suite.lane(0)
  for (const { contract } of lane.services.values()) {
    const port = contract.port + offset
    lane.addresses.set(contract.service, { host: '127.0.0.1', port, url: `http://127.0.0.1:${port}` })
  }
}

/**
 * One handler for each service: msw asks its handlers one by one, and our own router is behind each.
 * A pattern and not a path: msw decodes a path, and fails over a stray percent sign.
 */
function handlersOf(suite: Suite): HttpHandler[] {
  const lane = suite.lane(0)
  return [...lane.services.values()].map((service) => {
    const { host, service: name } = service.contract
    const origins = new RegExp(`^http://(${host.replaceAll('.', '\\.')}|127\\.0\\.0\\.1|localhost|\\[::1\\]):${lane.addresses.get(name)?.port}/`)
    return http.all(origins, ({ request }) => fetchFrom(service, request).catch(networkError))
  })
}

/** An ordinary error thrown at msw would become a 500 with the stack in its body. */
function networkError(): Response {
  return HttpResponse.error()
}
