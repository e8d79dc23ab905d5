import type { Break } from './breaks/break.ts'
import { SEVERITIES, type Severity } from './finding.ts'

/**
 * How much a break hurts whoever trusts the contract. What comes besides hurts nobody; what a known reader reads hurts more than what
 * nobody is known to; and a service that answers 500 is out of order rather than changed.
 */
export function severityOf({ change, read, direction }: Pick<Break, 'change' | 'read' | 'direction'>, status: number): Severity {
  const severity = hurtOf(change, read)
  return direction === 'reply' && status >= 500 && severity === 'breaking' ? 'warning' : severity
}

function hurtOf(change: Break['change'], read: boolean): Severity {
  switch (change) {
    case 'added':
      return 'information'
    case 'accepts':
    case 'stale':
      return 'warning'
    case 'status':
    case 'insists':
    case 'content-type':
      return 'breaking'
    case 'removed':
    case 'type':
    case 'null':
    case 'value':
    case 'format':
      return read ? 'breaking' : 'warning'
  }
}

/** Whether one is at least as severe as another. */
export const atLeast = (one: Severity, other: Severity): boolean => SEVERITIES.indexOf(one) >= SEVERITIES.indexOf(other)
