import * as z from 'zod'
import { judgeName } from '../redact/secret-name.ts'
import { innerOf } from '../schema-step.ts'
import { shownValue } from './shown.ts'
import { isUnfilled } from './unfilled.ts'

/** The form of a secret: a wrong one may be right somewhere else. */
export function masked(value: string): string {
  if (isUnfilled(value)) return shownValue(value)
  if (/^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(value)) return `a JWT of ${value.length} characters`
  const kinds = [/[a-z]/i.test(value) && 'letters', /\d/.test(value) && 'digits', /[^a-z\d]/i.test(value) && 'others'].filter(Boolean)
  return `${value.length} ${value.length === 1 ? 'character' : 'characters'} (${kinds.join(', ')})`
}

/** Whether a contract, or a name, says that the value is a secret. */
export function isSecret(schema: z.core.$ZodType | undefined, name: PropertyKey | undefined): boolean {
  if (typeof name === 'string' && judgeName(name) === 'secret') return true
  for (let here = schema; here !== undefined; here = innerOf(here)) if ((z.globalRegistry.get(here) as { secret?: boolean } | undefined)?.secret) return true
  return false
}
