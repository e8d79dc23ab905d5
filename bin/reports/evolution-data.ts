import * as z from 'zod'
import type { Evolution } from '../../contracts/drift/evolution/change.ts'
import { type EvolutionRule, RULES } from '../../contracts/drift/evolution/rules.ts'
import { SEVERITIES } from '../../contracts/drift/finding.ts'
import { once } from '../../contracts/kit/contract.ts'

/** What has changed between two versions of a contract, for a program. */
export const evolutionOutput = once(() => evolution().extend({ failed: z.boolean() }))

const evolution = once(() =>
  z.strictObject({
    changes: z.array(
      z.strictObject({
        id: z.string(),
        severity: z.enum(SEVERITIES),
        rule: z.enum(Object.keys(RULES) as EvolutionRule[]),
        operation: z.string(),
        operationId: z.string().nullable(),
        tag: z.string(),
        direction: z.enum(['request', 'reply']),
        place: z.string(),
        before: z.string(),
        after: z.string(),
        readBy: z.array(z.string()),
        sentence: z.string(),
      }),
    ),
    operations: z.array(z.strictObject({ operation: z.string(), tag: z.string() })),
    notes: z.array(z.string()),
  }),
) satisfies () => z.ZodType<Evolution>
