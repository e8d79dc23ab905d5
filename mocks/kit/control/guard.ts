import { createHash, timingSafeEqual } from 'node:crypto'
import { tokenWords } from '../../../contracts/control.ts'
import type { Problem } from '../../../contracts/kit/problem.ts'

export interface Gate {
  /** Names by which the API may be called, besides those of loopback. */
  names: readonly string[]
  /** Wanted from every caller, if there is one. */
  token: string | undefined
}

export interface Caller {
  host: string | undefined
  origin: string | undefined
  /** The address on which the connection came in. */
  localAddress: string | undefined
}

/**
 * A web page must not drive the suite: not by a name of its own that it lets point here (DNS rebinding, which Host betrays),
 * nor by asking across origins (which Origin betrays). No CORS header is ever sent.
 */
export function checkPlace({ host, origin, localAddress }: Caller, { names }: Gate): Problem | undefined {
  const name = hostname(host)
  if (name === undefined || !(isLoopback(name) || names.includes(name) || name === plain(localAddress))) {
    return { kind: 'forbidden', detail: `This API does not answer as ${host ?? 'nobody'}. Call it by a loopback name, or allow this one.` }
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host?.toLowerCase()}`) {
    return { kind: 'forbidden', detail: `This API does not answer web pages of ${origin}.` }
  }
  return undefined
}

/** The name in a Host header, lower-case, without port, brackets and the dot of the root. */
function hostname(host: string | undefined): string | undefined {
  const [, bracketed, bare] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/.exec(host ?? '') ?? []
  return (bracketed ?? bare)?.toLowerCase().replace(/\.$/, '')
}

/** Whether it can only mean this machine. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name)
}

/** IPv4 as it reads on a socket of both families. */
const plain = (address: string | undefined): string | undefined => address?.replace(/^::ffff:/, '')

/** Compared by digest, in constant time: how long it takes says nothing about how much was right. */
export function checkToken(authorization: string | undefined, { token }: Gate): Problem | undefined {
  if (token === undefined) return undefined
  const given = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (given === undefined) return unauthorized(tokenWords.missing)
  return timingSafeEqual(digest(given), digest(token)) ? undefined : unauthorized(tokenWords.wrong)
}

const unauthorized = ({ detail, challenge }: { detail: string; challenge: string }): Problem => ({ kind: 'unauthorized', detail, challenge })

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
