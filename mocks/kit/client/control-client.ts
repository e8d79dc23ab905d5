import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { RemoteError } from './remote-error.ts'

/** As it was when this was loaded: tests put others in its place, which are not for us. */
const { fetch } = globalThis

export interface ControlClientOptions {
  /** `http://127.0.0.1:8070` */
  url: string
  token?: string | undefined
  /** What to do where there is no suite. */
  advice: string
}

/** What is undefined is left out; what is a list is repeated. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

interface AskOptions {
  /** JSON. */
  body?: string
  /** Ends a reply that has no end. */
  signal?: AbortSignal
}

/** A running suite, through its control API. */
export interface ControlClient {
  readonly url: string
  /** @throws MockSuiteError `not-running`; RemoteError when the suite refuses. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, query?: Query, options?: AskOptions): Promise<Response>
  get<T>(path: string, query?: Query): Promise<T>
  post<T>(path: string, query?: Query, body?: object): Promise<T>
}

/** The one client of the control API: of the command line, and of tests that run beside the suite. */
export function controlClient({ url, token, advice }: ControlClientOptions): ControlClient {
  const base = url.replace(/\/+$/, '')
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const ask: ControlClient['ask'] = async (method, path, query = {}, { body, signal } = {}) => {
    const headers = {
      accept: 'application/json, text/event-stream, */*',
      ...authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const request = { method, headers, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) }
    const reply = await fetch(`${base}${path}${queryText(query)}`, request).catch((error: unknown) => {
      throw unreachable(base, error, advice)
    })
    return reply.ok || path === '/readyz' ? reply : Promise.reject(await refusal(base, reply, advice))
  }
  const json = async <T>(reply: Promise<Response>) => (await (await reply).json()) as T
  return {
    url: base,
    ask,
    get: (path, query) => json(ask('GET', path, query)),
    post: (path, query, body) => json(ask('POST', path, query, body === undefined ? {} : { body: JSON.stringify(body) })),
  }
}

function queryText(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value = []]): [string, string][] =>
    (typeof value === 'object' ? value : [String(value)]).map((one) => [name, one]),
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

function unreachable(base: string, error: unknown, advice: string): MockSuiteError {
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause
  return new MockSuiteError('not-running', `could not reach a suite at ${base}: ${cause?.code ?? cause?.message ?? (error as Error).message}. ${advice}`)
}

/** The suite's own words; anything else that answers there is no suite. */
async function refusal(base: string, reply: Response, advice: string): Promise<Error> {
  const told = (await reply.json().catch(() => undefined)) as { code?: unknown; detail?: unknown } | undefined
  if (typeof told?.code === 'string' && typeof told.detail === 'string') return new RemoteError(reply.status, told.code, told.detail)
  return new MockSuiteError('not-running', `could not find a suite at ${base}: something else answers there, with status ${reply.status}. ${advice}`)
}
