import type { AuthScheme } from './auth.ts'
import type { Contract, OperationDetails } from './contract.ts'

/** One credential that a scheme asks for, in whatever way it is combined with others. */
export type Credential = Extract<AuthScheme, { kind: 'key' | 'bearer' | 'token' }>

/** Every credential that an operation knows, in the order of its scheme; none where it asks for none. */
export function credentialsOf(contract: Contract, details: Pick<OperationDetails, 'auth'>): Credential[] {
  return leaves(schemeOf(contract, details))
}

export const schemeOf = (contract: Contract, details: Pick<OperationDetails, 'auth'>): AuthScheme | undefined => (details.auth ?? contract.auth) || undefined

function leaves(scheme: AuthScheme | undefined): Credential[] {
  if (scheme === undefined) return []
  switch (scheme.kind) {
    case 'any':
    case 'all':
      return scheme.schemes.flatMap(leaves)
    case 'lenient':
      return leaves(scheme.scheme)
    default:
      return [scheme]
  }
}
