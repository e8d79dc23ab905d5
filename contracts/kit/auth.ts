import type { Problem } from './problem.ts'

/** The refusals of one scheme: FastAPI services differ in status and words. */
export interface AuthWords {
  status: 401 | 403
  detail: string
  challenge?: string
}

/** How an operation wants its caller to prove itself. Secrets are named, never written: the world holds their values. */
export type AuthScheme =
  | { kind: 'key'; header: string; secret: string; missing: AuthWords; wrong: AuthWords }
  | { kind: 'bearer'; secret: string; missing: AuthWords; wrong: AuthWords; foreign?: AuthWords }
  /** A bearer token that only its service can judge, e.g. a signed one; `needs` names what it must entitle to. */
  | { kind: 'token'; needs: string | undefined; missing: AuthWords; wrong: AuthWords }
  /** `noneWrong`: a right credential does not excuse a wrong one beside it. */
  | { kind: 'any'; schemes: readonly AuthScheme[]; noneWrong?: boolean }
  | { kind: 'all'; schemes: readonly AuthScheme[] }
  /** Accepts a missing credential, because clients are known to send none; refuses a wrong one. */
  | { kind: 'lenient'; scheme: AuthScheme }

export interface AuthQuestion {
  header(name: string): string | undefined
  secret(name: string): string | undefined
  /** Why the service refuses a bearer token, or nothing; a service without this judgement refuses them all. */
  verify: ((token: string, needs: string | undefined) => AuthWords | undefined) | undefined
  /** Refuse missing credentials even where the facts show clients that send none. */
  strict: boolean
}

/** Nothing when the caller may pass, otherwise why not. */
export function authenticate(scheme: AuthScheme, question: AuthQuestion): Problem | undefined {
  const words = judge(scheme, question)
  return words === undefined ? undefined : refuse(words.words)
}

interface Verdict {
  words: AuthWords
  /** A wrong credential speaks louder than a missing one. */
  presented: boolean
}

function judge(scheme: AuthScheme, question: AuthQuestion): Verdict | undefined {
  switch (scheme.kind) {
    case 'key':
      return compare(question.header(scheme.header), scheme, question)
    case 'bearer':
      return foreign(scheme, question) ?? compare(bearer(question.header('authorization')), scheme, question)
    case 'token':
      return ask(bearer(question.header('authorization')), scheme, question)
    case 'any':
      return judgeAny(scheme, question)
    case 'all':
      return judgeAll(scheme.schemes, question)
    case 'lenient':
      return question.strict ? judge(scheme.scheme, question) : judgeLeniently(scheme.scheme, question)
  }
}

function compare(given: string | undefined, scheme: { secret: string; missing: AuthWords; wrong: AuthWords }, question: AuthQuestion): Verdict | undefined {
  if (given === undefined || given === '') return { words: scheme.missing, presented: false }
  return given === question.secret(scheme.secret) ? undefined : { words: scheme.wrong, presented: true }
}

function ask(given: string | undefined, scheme: AuthScheme & { kind: 'token' }, { verify }: AuthQuestion): Verdict | undefined {
  if (given === undefined) return { words: scheme.missing, presented: false }
  const words = verify === undefined ? scheme.wrong : verify(given, scheme.needs)
  return words === undefined ? undefined : { words, presented: true }
}

/** Credentials of another scheme, which `HTTPBearer` has words of its own for. */
function foreign({ foreign: words }: { foreign?: AuthWords }, question: AuthQuestion): Verdict | undefined {
  const given = question.header('authorization') ?? ''
  return words !== undefined && /^(?!bearer )\S+ ./i.test(given) ? { words, presented: true } : undefined
}

/** The token in an `Authorization` header. */
export function bearer(authorization: string | undefined): string | undefined {
  return /^bearer +(.+)$/i.exec(authorization ?? '')?.[1]
}

function judgeAny({ schemes, noneWrong }: { schemes: readonly AuthScheme[]; noneWrong?: boolean }, question: AuthQuestion): Verdict | undefined {
  const verdicts = schemes.map((scheme) => judge(scheme, question))
  const wrong = verdicts.find((verdict) => verdict?.presented)
  if (verdicts.includes(undefined) && (!noneWrong || wrong === undefined)) return undefined
  return wrong ?? verdicts[0]
}

function judgeAll(schemes: readonly AuthScheme[], question: AuthQuestion): Verdict | undefined {
  for (const scheme of schemes) {
    const verdict = judge(scheme, question)
    if (verdict !== undefined) return verdict
  }
  return undefined
}

/** Of several that are wanted each may be missing: a missing one must not hide a wrong one behind it. */
function judgeLeniently(scheme: AuthScheme, question: AuthQuestion): Verdict | undefined {
  if (scheme.kind === 'all') return judgeAll(scheme.schemes.map(lenient), question)
  const verdict = judge(scheme, question)
  return verdict?.presented ? verdict : undefined
}

/** The words of a refusal, as the envelope will render them. */
export function refuse({ status, detail, challenge }: AuthWords): Problem {
  if (status === 403) return { kind: 'forbidden', detail }
  return { kind: 'unauthorized', detail, ...(challenge === undefined ? {} : { challenge }) }
}

/**
 * A shared key in a header, as the fleet's `X-Internal-API-Key`.
 *
 * @example
 * import { apiKey } from 'mock-suite/contracts'
 *
 * export const internalKey = apiKey({ header: 'X-Internal-API-Key', secret: 'INTERNAL_API_KEY' })
 */
export function apiKey({ header, secret, missing, wrong }: { header: string; secret: string; missing?: AuthWords; wrong?: AuthWords }): AuthScheme {
  return {
    kind: 'key',
    header,
    secret,
    missing: missing ?? { status: 401, detail: `${header} header required` },
    wrong: wrong ?? { status: 401, detail: 'Invalid API key' },
  }
}

/** A token in `Authorization: Bearer`, refused in the words of FastAPI's own `HTTPBearer`. */
export function bearerToken({ secret, missing, wrong }: { secret: string; missing?: AuthWords; wrong?: AuthWords }): AuthScheme {
  return {
    kind: 'bearer',
    secret,
    missing: missing ?? { status: 403, detail: 'Not authenticated' },
    wrong: wrong ?? { status: 401, detail: 'Could not validate credentials', challenge: 'Bearer' },
    ...(missing === undefined ? { foreign: { status: 403, detail: 'Invalid authentication credentials' } } : {}),
  }
}

/** A bearer token that the mock's `verify` judges: signed, expiring, of somebody. `needs` is handed on to it. */
export function signedToken({ needs, missing, wrong }: { needs?: string; missing?: AuthWords; wrong?: AuthWords } = {}): AuthScheme {
  return {
    kind: 'token',
    needs,
    missing: missing ?? { status: 403, detail: 'Not authenticated' },
    wrong: wrong ?? { status: 401, detail: 'Could not validate credentials', challenge: 'Bearer' },
  }
}

/** Any of the schemes will do; the refusal is the one of the credential that was presented, or the first. */
export const anyOf = (...schemes: AuthScheme[]): AuthScheme => ({ kind: 'any', schemes })

/** At least one of the schemes, and no wrong credential beside it. */
export const atLeastOne = (...schemes: AuthScheme[]): AuthScheme => ({ kind: 'any', schemes, noneWrong: true })

/** Every scheme must be met. */
export const allOf = (...schemes: AuthScheme[]): AuthScheme => ({ kind: 'all', schemes })

/** A missing credential passes unless the suite is strict; a wrong one never does. */
export const lenient = (scheme: AuthScheme): AuthScheme => ({ kind: 'lenient', scheme })
