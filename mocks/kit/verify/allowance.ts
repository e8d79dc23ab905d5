import type { Contract } from '../../../contracts/kit/contract.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { didYouMean } from '../../../contracts/kit/nearest.ts'
import { FINDING_KINDS, type FindingKind } from '../../../contracts/verification.ts'

/** A kind of finding that somebody lives with: everywhere, in one service, or in one operation. */
export interface Allowance {
  /** As it was said. */
  text: string
  kind: FindingKind
  service: string | undefined
  operation: string | undefined
}

/** Reads `violation`, `violation:alert` or `violation:alert.createAlert`. @throws MockSuiteError `bad-option`, `unknown-service`, `unknown-operation` */
export function readAllowance(text: string, contracts: readonly Contract[]): Allowance {
  const [kind = '', place] = text.split(/:(.*)/s)
  const [service, operation] = place === undefined ? [] : place.split(/\.(.*)/s)
  const allowance = { text, kind: readKind(kind, 'allow'), service, operation }
  if (service === undefined) return allowance
  const contract = contracts.find((one) => one.service === service)
  if (contract === undefined) throw unknown(text, 'service', service, 'there is none of this name', names(contracts))
  if (operation !== undefined && !Object.hasOwn(contract.operations, operation)) {
    throw unknown(text, 'operation', operation, `${service} does not have it`, Object.keys(contract.operations))
  }
  return allowance
}

/** @throws MockSuiteError `bad-option` */
export function readKind(text: string, verb: 'allow' | 'fail on'): FindingKind {
  const kind = FINDING_KINDS.find((one) => one === text)
  if (kind !== undefined) return kind
  const hint = didYouMean(text, FINDING_KINDS) || ` There are ${FINDING_KINDS.join(', ')}.`
  throw new MockSuiteError('bad-option', `could not ${verb} ${JSON.stringify(text)}: there is no kind of finding of this name.${hint}`)
}

/** Where something was found: more than one service for a rule that is about several, none for one that is about all. */
export interface Found {
  kind: FindingKind
  services: readonly string[]
  operations: readonly string[]
}

/** Whether it is all that an allowance is about. */
export function allows({ kind, service, operation }: Allowance, found: Found): boolean {
  if (kind !== found.kind) return false
  return (service === undefined || only(found.services, service)) && (operation === undefined || only(found.operations, operation))
}

const only = (names: readonly string[], name: string): boolean => names.length > 0 && names.every((one) => one === name)

const names = (contracts: readonly Contract[]): string[] => contracts.map(({ service }) => service)

function unknown(text: string, what: 'service' | 'operation', name: string, why: string, known: readonly string[]): MockSuiteError {
  return new MockSuiteError(
    `unknown-${what}`,
    `could not allow ${JSON.stringify(text)}: the ${what} ${JSON.stringify(name)} was not found, ${why}.${didYouMean(name, known) || ` There are ${known.join(', ')}.`}`,
  )
}
