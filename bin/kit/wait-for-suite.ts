import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Readiness } from '../../contracts/control.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { spell } from '../../scenarios/kit/duration.ts'
import { type RemoteValues, remote } from './remote.ts'
import { UsageError } from './usage-error.ts'

/** How often it is asked, in milliseconds. */
const PACE = 50

/** How long one question may take, in milliseconds: who is stuck now may not be a moment later. */
const PATIENCE = 2000

/** A suite that is ready, and those of its fakes that were wanted. */
export interface Ready {
  url: string
  services: { service: string; lane: number; url: string | null }[]
}

/**
 * Waits until a suite says that it is ready and each port that is wanted takes connections. It need not have started yet.
 *
 * @throws MockSuiteError `not-ready` in the end, with what was in the way; `unknown-service` at once when it is ready and has no such fake.
 */
export async function waitForSuite(wanted: readonly string[], flags: RemoteValues & { timeout: number }): Promise<Ready> {
  const deadline = performance.now() + flags.timeout
  let hindrance = 'nobody answers'
  for (;;) {
    const left = deadline - performance.now()
    const [ready, met] = await attempt(wanted, flags, Math.max(1, Math.ceil(Math.min(left, PATIENCE))))
    if (ready !== undefined) return ready
    hindrance = met ?? hindrance
    if (performance.now() + PACE > deadline) throw notReady(hindrance, flags.timeout)
    await sleep(PACE)
  }
}

/** Ready, or what was in the way; of a question that was broken off nothing is known. */
type Attempt = readonly [Ready] | readonly [undefined, string?]

async function attempt(wanted: readonly string[], flags: RemoteValues, patience: number): Promise<Attempt> {
  const signal = AbortSignal.timeout(patience)
  try {
    // Found anew each time: it may have been started under its name meanwhile.
    const suite = remote(flags)
    const reply = await suite.ask('GET', '/readyz', {}, { signal })
    const told = (await reply.json()) as Readiness | { detail?: string }
    if (!('services' in told)) return [undefined, `${suite.url} answers ${reply.status}: ${told.detail ?? 'it is no suite'}`]
    if (!told.ready) return [undefined, `the suite at ${suite.url} is starting or stopping`]
    const services = told.services
      .filter(({ service }) => wanted.length === 0 || wanted.includes(service))
      .map(({ service, lane, url }) => ({ service, lane, url }))
    for (const name of wanted) if (!services.some(({ service }) => service === name)) throw unknown(name, told, suite.url)
    const shut = await firstShut(services, new URL(suite.url).hostname, patience)
    return shut === undefined ? [{ url: suite.url, services }] : [undefined, shut]
  } catch (error) {
    if (signal.aborted) return [undefined]
    if (isHindrance(error)) return [undefined, (error as Error).message.split('. ')[0] as string]
    throw error
  }
}

/** What may pass: nobody there yet, or somebody who does not speak as a suite does. */
const isHindrance = (error: unknown): boolean => (error instanceof MockSuiteError ? error.code === 'not-running' : !(error instanceof UsageError))

/** The first port that nobody answers at. The suite is asked where we reach it: its own name for that place may be of its container. */
async function firstShut(services: Ready['services'], host: string, patience: number): Promise<string | undefined> {
  const tried = await Promise.all(
    services.map(async ({ service, url }) => {
      if (url === null) return undefined
      const { port } = new URL(url)
      const code = await knock(host.replace(/^\[|\]$/g, ''), Number(port), patience)
      return code === undefined ? undefined : `${service} does not answer on port ${port}: ${code}`
    }),
  )
  return tried.find((told) => told !== undefined)
}

/** Why nobody opens; nothing when somebody does. */
function knock(host: string, port: number, patience: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience })
    const over = (told?: string) => {
      socket.destroy()
      resolve(told)
    }
    socket.once('connect', () => over())
    socket.once('timeout', () => over('ETIMEDOUT'))
    socket.once('error', (error: NodeJS.ErrnoException) => over(error.code ?? error.message))
  })
}

function unknown(name: string, { services }: Readiness, url: string): MockSuiteError {
  const names = [...new Set(services.map(({ service }) => service))]
  return new MockSuiteError(
    'unknown-service',
    `could not wait for ${name}: the suite at ${url} has no such service.${didYouMean(name, names)} There are ${names.join(', ')}.`,
  )
}

function notReady(hindrance: string, timeout: number): MockSuiteError {
  return new MockSuiteError('not-ready', `not ready within ${spell(timeout)}: ${hindrance}. Start a suite, or give it longer with --timeout.`)
}
