import type { OperationDetails } from './contract.ts'
import { MockSuiteError } from './error.ts'

/** Schemas of zod 3 look like those that are wanted, and would fail far from where they were written. */
export function ofZod4<Details extends OperationDetails>(operation: string, details: Details): Details {
  const { params, query, headers, body, responses } = details
  const replies = Object.values(responses).flatMap((reply) => ('body' in reply ? [reply.body] : [reply]))
  if ([params, query, headers, body, ...replies].some(isOfZod3))
    throw new MockSuiteError(
      'bad-mock',
      `could not read the contract of ${operation}: it has a schema of zod 3. Install zod 4, or import its schemas from 'zod/v4' where 3 is what is installed.`,
    )
  return details
}

const isOfZod3 = (schema: unknown): boolean => typeof schema === 'object' && schema !== null && '_def' in schema && !('_zod' in schema)
