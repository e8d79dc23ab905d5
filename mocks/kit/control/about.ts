import type { ServiceInfo } from '../../../contracts/control.ts'
import about from '../../../package.json' with { type: 'json' }
import type { Lane } from '../lane.ts'
import type { Handlers, Subject } from './subject.ts'

/** What runs, where, and under which seed. */
export function aboutHandlers({ suite, strictAuth, startedAt, instance, ready }: Subject) {
  return {
    health: () => ({ status: 200, body: { status: 'ok' } }),
    ready() {
      const services = suite.lanes.flatMap((lane) => placesIn(lane).map((place) => ({ ...place, lane: lane.index, ready: ready() })))
      return { status: ready() ? 200 : 503, body: { ready: ready(), services } }
    },
    getSuite: () => ({
      status: 200,
      body: {
        version: about.version,
        pid: process.pid,
        ...(instance === undefined ? {} : { instance }),
        seed: suite.seed,
        lanes: suite.lanes.length,
        strict_auth: strictAuth,
        started_at: startedAt,
        services: [...suite.services],
      },
    }),
    listServices({ query }) {
      const lanes = query.lane === undefined ? suite.lanes : [suite.lane(query.lane)]
      return { status: 200, body: lanes.flatMap(servicesIn) }
    },
    listLanes: () => ({
      status: 200,
      body: suite.lanes.map((lane) => ({
        lane: lane.index,
        generation: lane.generation,
        now: lane.clock.iso(),
        frozen: lane.clock.frozen,
        requests: lane.journal.total,
        dropped: lane.journal.dropped,
        services: placesIn(lane),
      })),
    }),
    getEnv: ({ query }) => ({ status: 200, body: suite.env(query.lane, query.environment) }),
  } satisfies Handlers<'health' | 'ready' | 'getSuite' | 'listServices' | 'listLanes' | 'getEnv'>
}

function placesIn(lane: Lane): { service: string; url: string | null }[] {
  return [...lane.services.keys()].map((service) => ({ service, url: lane.addresses.get(service)?.url ?? null }))
}

function servicesIn(lane: Lane): ServiceInfo[] {
  return [...lane.services.values()].map(({ contract }) => {
    const { service, title, operations } = contract
    const address = lane.addresses.get(service)
    const { host, port } = address ?? contract
    return { service, title, lane: lane.index, host, port, url: address?.url ?? null, operations: Object.keys(operations).length }
  })
}
