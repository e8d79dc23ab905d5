import type { Severity } from '../finding.ts'
import { RULES } from './rules.ts'
import type { Told } from './told.ts'

/** What changed, and what that means for who must act, in a sentence. */
export function sentenceOf(operation: string, { rule, direction, place, before, after, readBy }: Told, severity: Severity): string {
  const where = place === '' ? operation : `${operation} ${direction} ${place}`
  return `${where} ${RULES[rule].summary} (${before} → ${after}). ${meant(rule, direction, severity, readBy)}`
}

function meant(rule: Told['rule'], direction: 'request' | 'reply', severity: Severity, readBy: readonly string[]): string {
  if (severity === 'information') return 'No client has to change.'
  const clients = readBy.length === 0 ? 'Clients' : readBy.join(', ')
  if (rule === 'operation-removed') return 'Clients must no longer call it when the service is released.'
  if (direction === 'request') return 'Clients must send what is asked for now before the service is released.'
  return severity === 'breaking'
    ? `${clients} must cope with it before the service is released.`
    : `${clients} may not be ready for it: look before the service is released.`
}
