import type { AuthScheme } from '../../contracts/kit/auth.ts'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'

/** A contract for a program, its operations in short. */
export function contractData({ service, title, port, host, env, auth, operations }: Contract): object {
  return {
    service,
    title,
    port,
    host,
    env: Object.keys(env),
    auth: authText(auth),
    operations: Object.entries(operations).map(([name, { method, path }]) => ({ name, method, path })),
  }
}

/** One operation for a program, all but its schemas: those are in its OpenAPI document. */
export function operationData(contract: Contract, name: string, { method, path, details }: Operation): object {
  const { summary, evidence, source, examples, auth, responses } = details()
  return {
    service: contract.service,
    name,
    method,
    path,
    summary,
    auth: authText(auth ?? contract.auth),
    statuses: statuses(responses),
    evidence,
    source,
    examples,
  }
}

export const statuses = (responses: object): number[] => Object.keys(responses).map(Number)

/** How a caller proves itself, in words. */
export function authText(scheme: AuthScheme | false | undefined): string {
  if (!scheme) return 'none'
  switch (scheme.kind) {
    case 'key':
      return `${scheme.header}: ${scheme.secret}`
    case 'bearer':
      return `Authorization: Bearer ${scheme.secret}`
    case 'any':
      return scheme.schemes.map(authText).join(' or ')
    case 'all':
      return scheme.schemes.map(authText).join(' and ')
    case 'lenient':
      return `${authText(scheme.scheme)} (may be missing, unless --strict-auth)`
    default:
      return scheme.kind
  }
}
