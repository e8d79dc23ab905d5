import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import { control } from '../../../contracts/control.ts'
import { once } from '../../../contracts/kit/contract.ts'
import { Clock } from '../../../scenarios/kit/clock.ts'
import type { Inbox } from '../neighbourhood.ts'
import { type Door, LOOPBACK } from '../open.ts'
import type { Suite } from '../suite.ts'
import type { ControlOptions, SuiteOptions } from '../suite-options.ts'
import { KEEP_ALIVE, type Listening, openServer } from '../transports/open-server.ts'
import { type Gate, isLoopback } from './guard.ts'
import type { Subject } from './subject.ts'

/** Where the control API listens, and what it wants as `Authorization: Bearer`. */
export interface ControlAccess {
  url: string
  token: string | undefined
}

/** The control API of a suite: a door that opens and closes with the fakes'. */
export interface Control extends Door {
  readonly access: ControlAccess | undefined
  /** What a client of it reads. */
  env(): Record<string, string>
  /** From here on it tells that the suite is stopping. */
  drain(): void
  close(patience: number): Promise<void>
}

/** What the control API is to be about. */
export interface Controlled {
  suite(): Suite
  options: SuiteOptions
  /** The present one: a renewal may bring another. */
  inbox(): Inbox | undefined
  complain(message: string): void
}

export function createControl({ suite, options, inbox, complain }: Controlled): Control {
  const settings: ControlOptions = typeof options.control === 'object' ? options.control : {}
  const hosts = settings.host === undefined ? (options.hosts ?? LOOPBACK) : [settings.host]
  const gate: Gate = { names: [control.host, ...hosts, ...(settings.allowHosts ?? [])].map((name) => name.toLowerCase()), token: tokenFor(hosts, settings) }
  const readers: Subject['readers'] = new Set()
  const startedAt = new Clock().iso()
  let state: 'starting' | 'ready' | 'stopping' = 'starting'
  let listening: Listening | undefined

  const server = lazyServer(async () => {
    const { createApp } = await import('./app.ts')
    const { strictAuth = false } = options
    const subject: Subject = {
      suite: suite(),
      strictAuth,
      startedAt,
      instance: settings.instance,
      get inbox() {
        return inbox()
      },
      ready: () => state === 'ready',
      readers,
      complain,
    }
    return createApp(subject, gate)
  })
  const port = portFor(options, settings)

  return {
    name: control.service,
    port,
    open: () => openServer(server, hosts, port),
    opened(opened) {
      listening = opened
      state = 'ready'
    },
    get access() {
      return listening && { url: listening.address.url, token: gate.token }
    },
    env() {
      if (listening === undefined) return {}
      const { address } = listening
      const variables = Object.entries(control.env).map(([name, render]) => [name, render(address)])
      return { ...Object.fromEntries(variables), ...(gate.token === undefined ? {} : { MOCK_SUITE_TOKEN: gate.token }) }
    },
    drain() {
      state = 'stopping'
      for (const reader of readers) reader.end('stopping')
    },
    close: async (patience) => listening?.close(patience),
  }
}

/** Chance of the machine, not of the suite: a token that comes again under the same seed is none. */
function tokenFor(hosts: readonly string[], { token }: ControlOptions): string | undefined {
  return token ?? (hosts.every(isLoopback) ? undefined : randomBytes(32).toString('base64url'))
}

function portFor({ ports = 'fixed', portOffset = 0 }: SuiteOptions, { port }: ControlOptions): number {
  return port ?? (ports === 'fixed' ? control.port + portOffset : 0)
}

/** Listens at once and loads its application at the first request: a suite starts without waiting for Express. */
function lazyServer(load: () => Promise<RequestListener>): Server {
  const app = once(load)
  return createServer({ keepAliveTimeout: KEEP_ALIVE }, async (request, response) => (await app())(request, response))
}
