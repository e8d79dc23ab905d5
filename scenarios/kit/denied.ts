import { type AuthWords, refuse } from '../../contracts/kit/auth.ts'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import { type Credential, credentialsOf } from '../../contracts/kit/credentials.ts'
import { writeJson } from '../../contracts/kit/json.ts'
import { header, type WireRequest } from '../../contracts/kit/message.ts'
import type { Refusal } from '../../contracts/kit/problem.ts'
import { exampleReplies } from '../../contracts/kit/sample.ts'
import { operationOf } from './declared.ts'
import type { Exchange } from './exchange.ts'
import type { Target } from './fault.ts'

/** `unauthorized`: who are you? `forbidden`: not you. `expired`: not any more. */
export type Denial = 'unauthorized' | 'forbidden' | 'expired'

const BARE: Readonly<Record<Denial, number>> = { unauthorized: 401, forbidden: 403, expired: 401 }

/** How the vendor denies a request, in its own words as far as it has any. */
export function denied(denial: Denial, exchange: Exchange): Refusal {
  const operation = operationOf(exchange)
  return (operation && ownWords(denial, exchange.contract, operation, exchange.request)) ?? exchange.contract.errors.bare(BARE[denial])
}

/** Why an operation cannot be made to deny anybody, unless its rule says why it leaves the contract. */
export function undeniable(denial: Denial, { contract, name, operation }: Target, excused: boolean): string | undefined {
  if (excused || ownWords(denial, contract, operation) !== undefined) return undefined
  return `${contract.service}.${name} asks for no credential, and has no words to refuse one. Name the operations that do, or say why with off_contract: a gateway asks for one`
}

/** Of several credentials it is the presented one that is refused. */
function ownWords(denial: Denial, contract: Contract, operation: Operation, request: Headed = { rawHeaders: [] }): Refusal | undefined {
  const credentials = credentialsOf(contract, operation.details()).toSorted(byTruth((one) => presented(one, request)))
  const wrong = credentials.map((credential) => credential.wrong)
  const missing = credentials.map((credential) => credential.missing)
  const said = (words: readonly AuthWords[]) => words.map((one) => contract.errors.render(refuse(one)))
  const shown = (status: number) => exampleReplies(contract, operation, status)
  const bare = credentials.length === 0 ? [] : [contract.errors.bare(BARE[denial])]
  switch (denial) {
    case 'unauthorized':
      return [...said([...wrong, ...missing].filter(({ status }) => status === 401)), ...shown(401), ...bare][0]
    case 'forbidden':
      return [...said(wrong.filter(({ status }) => status === 403)), ...shown(403), ...bare][0]
    case 'expired':
      return [...[...shown(401), ...shown(403)].filter(tellsOfExpiry), ...said(tokensFirst(credentials).map((credential) => credential.wrong))][0]
  }
}

/** Most vendors call a token that has expired merely wrong; where one has words of its own, an example has them. */
const tellsOfExpiry = ({ body }: Refusal): boolean => /expired/i.test(typeof body === 'string' ? body : writeJson(body, true))

type Headed = Pick<WireRequest, 'rawHeaders'>

function presented(credential: Credential, request: Headed): boolean {
  return header(request, credential.kind === 'key' ? credential.header : 'authorization') !== undefined
}

/** Keys do not expire by themselves. */
function tokensFirst(credentials: readonly Credential[]): Credential[] {
  return credentials.toSorted(byTruth(({ kind }) => kind !== 'key'))
}

/** What it is true of comes first. */
function byTruth(test: (one: Credential) => boolean): (one: Credential, other: Credential) => number {
  return (one, other) => Number(test(other)) - Number(test(one))
}
