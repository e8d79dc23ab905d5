import { isUtf8 } from 'node:buffer'
import { type AuthScheme, bearer } from '../auth.ts'
import type { Contract, Operation } from '../contract.ts'
import { type Credential, credentialsOf, schemeOf } from '../credentials.ts'
import type { Criterion } from '../explanation.ts'
import { header } from '../message.ts'
import type { Problem } from '../problem.ts'
import type { Asked, Knowledge } from './asked.ts'
import { masked } from './masked.ts'
import { slipInSecret } from './slip-in-secret.ts'
import { isUnfilled } from './unfilled.ts'

/** Whether the caller may pass, which credential is wanted, and in which form one came; nothing where none is wanted. */
export function credentialCriterion(contract: Contract, operation: Operation, asked: Asked, knowledge: Knowledge, own: boolean): Criterion | undefined {
  const details = operation.details()
  const scheme = schemeOf(contract, details)
  if (scheme === undefined) return undefined
  const credentials = credentialsOf(contract, details)
  const refusal = refusalOf(contract, operation, asked, knowledge, own)
  const met = refusal === undefined
  const words = refusal !== undefined && 'detail' in refusal ? `refused with: ${refusal.detail}` : null
  const hint = met
    ? null
    : (credentials.map((credential) => slipIn(credential, asked, knowledge, contract)).find(Boolean) ?? elsewhere(credentials, asked) ?? words)
  return { part: 'credential', met, expected: wanted(scheme), got: came(credentials, asked), hint }
}

/** Of the operation that was asked it is known what its fake said then; of others, what it would say now. */
function refusalOf(contract: Contract, operation: Operation, asked: Asked, { refusesCaller }: Knowledge, own: boolean): Problem | undefined {
  const judged = refusesCaller?.(contract.service, operation, asked.headers)
  if (!own) return judged
  if (asked.problem === 'unauthorized' || asked.problem === 'forbidden') return judged ?? { kind: asked.problem, detail: 'it was refused when it came' }
  return asked.problem === 'invalid' || asked.problem === 'unknown-operation' ? undefined : judged
}

function wanted(scheme: AuthScheme): string {
  switch (scheme.kind) {
    case 'key':
      return `${scheme.header} with ${scheme.secret}`
    case 'bearer':
      return `Authorization: Bearer with ${scheme.secret}`
    case 'token':
      return `Authorization: Bearer with an access token${scheme.needs === undefined ? '' : ` that entitles to ${scheme.needs}`}`
    case 'any':
      return scheme.schemes.map(wanted).join(' or ')
    case 'all':
      return scheme.schemes.map(wanted).join(' and ')
    case 'lenient':
      return `none, or ${wanted(scheme.scheme)}`
  }
}

const headerOf = (credential: Credential): string => (credential.kind === 'key' ? credential.header : 'Authorization')

/** Letters that are no Latin ones came as UTF-8, which Node reads byte by byte. */
function given(credential: Credential, { headers }: Asked): string | undefined {
  const value = header({ rawHeaders: headers }, headerOf(credential))
  const bytes = Buffer.from(value ?? '', 'latin1')
  return value !== undefined && /[^\0-\x7f]/.test(value) && isUtf8(bytes) ? bytes.toString('utf8') : value
}

function came(credentials: readonly Credential[], asked: Asked): string | null {
  const told = new Map<string, string>()
  for (const credential of credentials) {
    const value = given(credential, asked)
    if (value === undefined) continue
    const token = credential.kind === 'key' ? undefined : bearer(value)
    told.set(headerOf(credential), `${headerOf(credential)} with ${token === undefined ? masked(value) : `Bearer and ${masked(token)}`}`)
  }
  return told.size === 0 ? null : [...told.values()].join('; ')
}

/** What is usually wrong with a credential, where it can be told without telling the credential. */
function slipIn(credential: Credential, asked: Asked, { secret, variables = {} }: Knowledge, contract: Contract): string | undefined {
  const value = given(credential, asked)
  if (value === undefined) return undefined
  const token = credential.kind === 'key' ? value : bearer(value)
  if (token === undefined) return 'Authorization does not begin with "Bearer "'
  if (isUnfilled(token)) return 'what should have been filled in was not'
  if (credential.kind !== 'key' && bearer(token) !== undefined) return '"Bearer " stands there twice'
  const right = credential.kind === 'token' ? undefined : secret?.(credential.secret)
  if (right === undefined || token === right) return undefined
  if (credential.kind === 'key' && bearer(token) === right) return `${credential.header} takes no "Bearer "`
  const times = asked.headers.filter((name, at) => at % 2 === 0 && name.toLowerCase() === headerOf(credential).toLowerCase()).length
  if (times > 1) return `the header came ${times} times`
  const slip = slipInSecret(token, right)
  if (slip !== undefined) return slip
  const other = [...Object.keys(variables), ...secretsOf(contract)].find((name) => secret?.(name) === token)
  return other === undefined ? undefined : `that is ${other}`
}

function secretsOf(contract: Contract): string[] {
  const all = Object.values(contract.operations).flatMap((operation) => credentialsOf(contract, operation.details()))
  return [...new Set(all.flatMap((credential) => (credential.kind === 'token' ? [] : [credential.secret])))]
}

/** A header that looks like a credential, where none came under the right name. */
function elsewhere(credentials: readonly Credential[], asked: Asked): string | undefined {
  if (credentials.some((credential) => given(credential, asked) !== undefined)) return undefined
  const names = asked.headers.filter((name, at) => at % 2 === 0 && /(?:^|[-_])(?:api[-_]?key|authorization|token|secret)$/i.test(name))
  return names.length === 0 ? undefined : `${names[0]} came, which is not looked at`
}
