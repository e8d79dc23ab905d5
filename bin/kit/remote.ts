import { control } from '../../contracts/control.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { text, type Values, whole } from './flag.ts'
import { type Target, targetOf } from './instance/target.ts'
import { instanceFlag } from './instance-flag.ts'
import { laneFlag } from './lane-flag.ts'
import { RemoteError } from './remote-error.ts'
import { UsageError } from './usage-error.ts'

/** The flags that say which suite is meant, common to all commands that ask one. */
export const remoteFlags = {
  url: text('the control API of the suite', {
    value: 'URL',
    initial: undefined,
    shown: `that of --instance; else http://127.0.0.1:${control.port}, plus --port-offset`,
  }),
  instance: instanceFlag('the suite of this name', 'default, if it runs in the background'),
  token: text('its token, where it wants one', { value: 'TOKEN', initial: undefined, shown: 'that of the instance' }),
  portOffset: whole('the offset that the suite was started with', { value: 'N', min: -8000, max: 50_000, initial: 0 }),
  lane: laneFlag,
}

export type RemoteValues = Pick<Values<typeof remoteFlags>, 'url' | 'instance' | 'token' | 'portOffset'>
type Query = Readonly<Record<string, string | number | boolean | undefined>>

interface AskOptions {
  /** JSON. */
  body?: string
  /** Ends a reply that has no end. */
  signal?: AbortSignal
}

/** A running suite, through its control API. */
export interface Remote {
  readonly url: string
  /** @throws MockSuiteError `not-running`; RemoteError when the suite refuses. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, query?: Query, options?: AskOptions): Promise<Response>
  get<T>(path: string, query?: Query): Promise<T>
  post<T>(path: string, query?: Query, body?: object): Promise<T>
}

/** @throws MockSuiteError `not-running` where an instance is named that is not there */
export function remote(flags: RemoteValues): Remote {
  const { url: base, token } = meant(flags)
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const ask: Remote['ask'] = async (method, path, query = {}, { body, signal } = {}) => {
    const headers = {
      accept: 'application/json, text/event-stream, */*',
      ...authorization,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const request = { method, headers, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) }
    const reply = await fetch(`${base}${path}${queryText(query)}`, request).catch((error: unknown) => {
      throw unreachable(base, error)
    })
    return reply.ok || path === '/readyz' ? reply : Promise.reject(await refusal(base, reply))
  }
  const json = async <T>(reply: Promise<Response>) => (await (await reply).json()) as T
  return {
    url: base,
    ask,
    get: (path, query) => json(ask('GET', path, query)),
    post: (path, query, body) => json(ask('POST', path, query, body === undefined ? {} : { body: JSON.stringify(body) })),
  }
}

/** What was said outright comes first; an offset names a suite in the foreground. */
function meant({ url, instance, token, portOffset }: RemoteValues): Target {
  const known = url !== undefined || (instance === undefined && portOffset !== 0) ? undefined : targetOf(instance)
  const base = (url ?? known?.url ?? `http://127.0.0.1:${control.port + portOffset}`).replace(/\/+$/, '')
  if (!URL.canParse(base)) throw new UsageError(`--url ${JSON.stringify(base)} is no address. Write it like http://127.0.0.1:8070`)
  return { url: base, token: token ?? known?.token }
}

function queryText(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

function unreachable(base: string, error: unknown): MockSuiteError {
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause
  return new MockSuiteError(
    'not-running',
    `could not reach a suite at ${base}: ${cause?.code ?? cause?.message ?? (error as Error).message}. Start one with mock-suite start-all, or say where it is with --url.`,
  )
}

/** The suite's own words; anything else that answers there is no suite. */
async function refusal(base: string, reply: Response): Promise<Error> {
  const told = (await reply.json().catch(() => undefined)) as { code?: unknown; detail?: unknown } | undefined
  if (typeof told?.code === 'string' && typeof told.detail === 'string') return new RemoteError(reply.status, told.code, told.detail)
  return new MockSuiteError(
    'not-running',
    `could not find a suite at ${base}: something else answers there, with status ${reply.status}. Say where it is with --url.`,
  )
}
