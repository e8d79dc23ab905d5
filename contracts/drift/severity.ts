import type { Break } from './break.ts'
import { SEVERITIES, type Severity } from './finding.ts'

/**
 * How much a break hurts whoever trusts the contract. What comes besides hurts nobody; what a known reader reads hurts more than what
 * nobody is known to; and a service that answers 500 is out of order rather than changed.
 */
export function severityOf({ change, read, part, realSays }: Pick<Break, 'change' | 'read' | 'part' | 'realSays'>): Severity {
  switch (change) {
    case 'added':
      return 'information'
    case 'accepts':
    case 'stale':
      return 'warning'
    case 'status':
      return part === 'status' && realSays.startsWith('5') ? 'warning' : 'breaking'
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
