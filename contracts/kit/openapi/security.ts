import type { AuthScheme } from '../auth.ts'
import type { Contract, OperationDetails } from '../contract.ts'
import { type Credential, credentialsOf, schemeOf } from '../credentials.ts'

/** Every scheme that the contracts name, by the name under which operations ask for it. */
export function describeSchemes(contracts: readonly Contract[]): Record<string, object> {
  const schemes = contracts.flatMap((contract) => Object.values(contract.operations).flatMap((operation) => credentialsOf(contract, operation.details())))
  return Object.fromEntries(
    schemes.map((scheme) => [
      nameOf(scheme),
      scheme.kind === 'key' ? { type: 'apiKey', in: 'header', name: scheme.header } : { type: 'http', scheme: 'bearer' },
    ]),
  )
}

/** The alternatives that open an operation; an empty one where no credential will do as well. */
export function describeSecurity(contract: Contract, details: OperationDetails): Record<string, string[]>[] {
  const scheme = schemeOf(contract, details)
  return scheme === undefined ? [] : alternatives(scheme)
}

/** The statuses with which a credential may be refused. */
export function refusalStatuses(contract: Contract, details: OperationDetails): number[] {
  return [...new Set(credentialsOf(contract, details).flatMap(({ missing, wrong }) => [missing.status, wrong.status]))]
}

function alternatives(scheme: AuthScheme): Record<string, string[]>[] {
  switch (scheme.kind) {
    case 'any':
      return scheme.schemes.flatMap(alternatives)
    case 'all':
      return scheme.schemes.map(alternatives).reduce((together, next) => together.flatMap((one) => next.map((other) => ({ ...one, ...other }))), [{}])
    case 'lenient':
      return [{}, ...alternatives(scheme.scheme)]
    default:
      return [{ [nameOf(scheme)]: [] }]
  }
}

const nameOf = (scheme: Credential): string => (scheme.kind === 'key' ? scheme.header : 'Bearer')
