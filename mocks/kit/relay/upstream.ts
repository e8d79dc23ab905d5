import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { forbidden, isLoopback } from './forbidden.ts'

export interface UpstreamRules {
  /** Hosts that may be asked: `alert.staging.example`, or `*.staging.example` for all below it. Loopback always may. @default every host */
  allow?: readonly string[] | undefined
  /** The ports of this suite: a relay may not ask itself. @default none */
  doors?: readonly number[] | undefined
}

/**
 * The address of a real service, held against the rules and looked up.
 *
 * @throws MockSuiteError `bad-upstream`
 */
export async function checkUpstream(text: string, rules: UpstreamRules = {}): Promise<URL> {
  const url = examined(text, rules)
  const host = hostOf(url)
  const found = isIP(host) === 0 ? await addressesOf(host, url) : [host]
  for (const address of found) {
    const why = forbidden(address)
    if (why !== undefined) throw refused(url, `${address === host ? '' : `it leads to ${address}; `}${why}`, 'Name the real service itself.')
  }
  if (rules.doors?.includes(portOf(url)) && found.some(isOurs)) {
    throw refused(url, 'this suite listens there itself, and would ask itself for ever', 'Name the real service, or move the suite with --port-offset.')
  }
  return url
}

/**
 * What can be said of an address without a look-up.
 *
 * @throws MockSuiteError `bad-upstream`
 */
export function examined(text: string, { allow }: UpstreamRules = {}): URL {
  if (!URL.canParse(text)) throw refused(text, 'it is no URL', 'Write `https://alert.staging.example` or the like.')
  const url = new URL(text)
  const host = hostOf(url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused(url, `it begins with ${url.protocol}`, 'A real service is reached by http: or https:.')
  if (url.username !== '' || url.password !== '')
    throw refused(url, 'it holds a name or a password', 'Leave them out: the client’s own credentials are passed on.')
  if (url.search !== '' || url.hash !== '') throw refused(url, 'it holds more than a host and a path', 'Leave out what follows the path.')
  const why = METADATA_NAMES.test(host) ? 'it is the name of a cloud’s metadata service' : isIP(host) === 0 ? undefined : forbidden(host)
  if (why !== undefined) throw refused(url, why, 'Name the real service itself.')
  if (allow !== undefined && !allowed(host, allow)) {
    throw refused(url, `${host} is not among the hosts that are allowed${allow.length === 0 ? '' : ` (${allow.join(', ')})`}`, `Allow it with --allow ${host}.`)
  }
  return url
}

const METADATA_NAMES = /^(metadata|metadata\.google\.internal|metadata\.goog|instance-data|instance-data\.ec2\.internal)$/

function allowed(host: string, allow: readonly string[]): boolean {
  if (host === 'localhost' || isLoopback(host)) return true
  return allow.some((one) => {
    const wanted = one.toLowerCase()
    return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted
  })
}

/** Without the brackets of IPv6, and without the dot that ends a full name. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

async function addressesOf(host: string, url: URL): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (cause) {
    throw refused(url, `its host was not found (${(cause as NodeJS.ErrnoException).code})`, 'Check the name.', { cause })
  }
}

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port))

function isOurs(address: string): boolean {
  return isLoopback(address) || Object.values(networkInterfaces()).some((own) => own?.some((one) => one.address === address))
}

/** A password in it must not reach a log. */
function refused(upstream: URL | string, why: string, remedy: string, options?: ErrorOptions): MockSuiteError {
  const named = typeof upstream === 'string' ? JSON.stringify(upstream) : `${upstream.protocol}//${upstream.host}${upstream.pathname}`
  return new MockSuiteError('bad-upstream', `could not relay to ${named}: ${why}. ${remedy}`, options)
}
