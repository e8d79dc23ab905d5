import { type AuthScheme, bearer } from '../auth.ts'
import type { Contract, Operation } from '../contract.ts'
import { type Credential, credentialsOf, schemeOf } from '../credentials.ts'
import { header } from '../message.ts'
import { stepInto } from '../schema-step.ts'
import type { Asked, Knowledge } from './asked.ts'
import type { Found } from './nearest-operations.ts'
import { readRequest } from './read-request.ts'
import { type HeaderValue, type Suggestion, suggestion } from './suggestion.ts'

type Headers = Suggestion['headers']

/** The credentials of the request that would have been answered: none of the client's own is written out. Nothing where there is no way to one. */
export function credentialsAsAsked({ contract, operation, candidate }: Found, asked: Asked, knowledge: Knowledge): Headers | undefined {
  const scheme = schemeOf(contract, operation.details())
  if (scheme === undefined) return []
  const met = candidate.criteria.every(({ part, met: good }) => part !== 'credential' || good)
  if (!met) return headersFor(scheme, contract, knowledge)
  const shown = credentialsOf(contract, operation.details()).filter((credential) => isShown(credential, asked, knowledge))
  if (shown.length > 0) return together(shown.map((credential) => headersFor(credential, contract, knowledge)))
  return scheme.kind === 'lenient' ? [] : headersFor(scheme, contract, knowledge)
}

/** Whether the client showed this one, and it is right. */
function isShown(credential: Credential, { headers }: Asked, { secret }: Knowledge): boolean {
  const value = header({ rawHeaders: headers }, credential.kind === 'key' ? credential.header : 'authorization')
  if (value === undefined) return false
  if (credential.kind === 'token') return bearer(value) !== undefined
  return (credential.kind === 'key' ? value : bearer(value)) === secret?.(credential.secret)
}

function headersFor(scheme: AuthScheme, contract: Contract, knowledge: Knowledge): Headers | undefined {
  switch (scheme.kind) {
    case 'key': {
      const value = secretValue(scheme.secret, '', knowledge)
      return value && [[scheme.header, value]]
    }
    case 'bearer': {
      const value = secretValue(scheme.secret, 'Bearer ', knowledge)
      return value && [['Authorization', value]]
    }
    case 'token': {
      const login = loginOf(contract, scheme.needs, knowledge)
      return login && [['Authorization', { before: 'Bearer ', login }]]
    }
    case 'any':
      return scheme.schemes.map((one) => headersFor(one, contract, knowledge)).find((one) => one !== undefined)
    case 'all':
      return together(scheme.schemes.map((one) => headersFor(one, contract, knowledge)))
    case 'lenient':
      return headersFor(scheme.scheme, contract, knowledge)
  }
}

function together(parts: readonly (Headers | undefined)[]): Headers | undefined {
  if (!parts.every((part) => part !== undefined)) return undefined
  return [...new Map(parts.flat().map((pair) => [pair[0].toLowerCase(), pair])).values()]
}

/** By its name where the environment has it under that; else as it is: it is a secret of the seed world. */
function secretValue(name: string, before: string, { secret, variables = {} }: Knowledge): HeaderValue | undefined {
  const value = secret?.(name)
  if (value === undefined || variables[name] === value) return { before, variable: name }
  return { text: `${before}${value}` }
}

/** The request that gets an access token: one that asks for no credential and whose good reply has an `access_token`. An example called as what is needed is somebody who has it. */
function loginOf(contract: Contract, needs: string | undefined, knowledge: Knowledge): Suggestion | undefined {
  for (const [name, operation] of Object.entries(contract.operations)) {
    const details = operation.details()
    if (details.body === undefined || schemeOf(contract, details) !== undefined || !givesToken(operation)) continue
    const examples = Object.entries(details.examples)
    const example = needs === undefined ? examples.find(([, { reply }]) => reply.status < 300)?.[1] : details.examples[needs]
    if (example === undefined) continue
    const asked: Asked = {
      service: contract.service,
      method: operation.method,
      target: operation.path,
      headers: [],
      body: Buffer.alloc(0),
      problem: 'invalid',
      operation: name,
    }
    const reading = { ...readRequest(contract, operation, asked), body: example.body }
    return suggestion({ contract, operation, params: example.params ?? {}, judged: { criteria: [], body: [], reading } }, asked, knowledge, [], example)
  }
  return undefined
}

function givesToken(operation: Operation): boolean {
  const reply = operation.details().responses[200]
  if (reply === undefined) return false
  return stepInto('_zod' in reply ? reply : reply.body, 'access_token').schema !== undefined
}
