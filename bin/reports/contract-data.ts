import * as z from 'zod'
import type { AuthScheme } from '../../contracts/kit/auth.ts'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import type { DataOf } from '../kit/command.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** A contract for a program, its operations in short. */
export const contractInfo = () =>
  z.strictObject({
    service: z.string(),
    title: z.string(),
    port: z.int(),
    host: z.string(),
    /** The variables that its clients read. */
    env: z.array(z.string()),
    /** In words. */
    auth: z.string(),
    operations: z.array(z.strictObject({ name: z.string(), method: z.enum(METHODS), path: z.string() })),
  })

export function contractData({ service, title, port, host, env, auth, operations }: Contract): DataOf<typeof contractInfo> {
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
export const operationInfo = () =>
  z.strictObject({
    service: z.string(),
    name: z.string(),
    method: z.enum(METHODS),
    path: z.string(),
    summary: z.string(),
    auth: z.string(),
    statuses: z.array(z.int()),
    evidence: z.enum(['client', 'test', 'document', 'provider']),
    source: z.string(),
    /** By name. */
    examples: z.record(z.string(), exampleInfo()),
  })

export function operationData(contract: Contract, name: string, { method, path, details }: Operation): DataOf<typeof operationInfo> {
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

const texts = () => z.record(z.string(), z.string())

const asked = () => ({ params: texts().optional(), query: texts().optional(), headers: texts().optional(), body: z.unknown().optional() })

const exampleInfo = () =>
  z.strictObject({
    ...asked(),
    /** What must have been asked before. */
    after: z.array(z.strictObject({ operation: z.string(), ...asked() })).optional(),
    reply: z.strictObject({ status: z.int(), body: z.unknown() }),
  })

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
