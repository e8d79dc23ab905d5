import type { Severity } from '../finding.ts'

/** How much it hurts, where that is not always the same. */
export type Hurt =
  | Severity
  /** Breaking where a client is known to read it, a warning elsewhere. */
  | 'read'
  /** Breaking for a 2xx, a warning for any other status. */
  | 'success'
  /** Information for a 5xx, a warning for any other status. */
  | 'trouble'

interface Rule {
  /** What happened. */
  summary: string
  /** How much it hurts who sends; nothing where a request cannot change so. */
  request: Hurt | null
  /** How much it hurts who reads. */
  reply: Hurt | null
}

/**
 * Who sends is hurt when less is taken; who reads is hurt when more may come. What comes besides hurts nobody, and neither does what is sent besides: it is
 * dropped, unless the contract says that it is refused.
 */
export const RULES = {
  'operation-removed': { summary: 'an operation is gone', request: 'breaking', reply: null },
  'operation-added': { summary: 'an operation is new', request: 'information', reply: null },
  'required-added': { summary: 'a new member, parameter or body that is always there', request: 'breaking', reply: 'information' },
  'optional-added': { summary: 'a new one that may be left out', request: 'information', reply: 'information' },
  removed: { summary: 'one is gone', request: 'information', reply: 'read' },
  'header-removed': { summary: 'a named header is gone', request: null, reply: 'breaking' },
  refused: { summary: 'one is gone, and what is sent besides is refused', request: 'breaking', reply: null },
  'now-required': { summary: 'one that could be left out must be there', request: 'breaking', reply: 'information' },
  'now-optional': { summary: 'one that had to be there may be left out', request: 'information', reply: 'read' },
  'type-changed': { summary: 'another type', request: 'breaking', reply: 'read' },
  'type-narrowed': { summary: 'fewer types, or whole numbers for numbers', request: 'breaking', reply: 'information' },
  'type-widened': { summary: 'more types, or numbers for whole numbers', request: 'information', reply: 'read' },
  'null-removed': { summary: 'null is no longer allowed', request: 'breaking', reply: 'information' },
  'null-added': { summary: 'null is allowed', request: 'information', reply: 'read' },
  'value-removed': { summary: 'a value is no longer allowed', request: 'breaking', reply: 'information' },
  'value-added': { summary: 'a new value is allowed', request: 'information', reply: 'warning' },
  'bound-narrowed': { summary: 'a new or narrower bound, format or pattern', request: 'breaking', reply: 'information' },
  'bound-widened': { summary: 'one is gone or wider', request: 'information', reply: 'warning' },
  'bound-changed': { summary: 'another format or pattern', request: 'breaking', reply: 'warning' },
  closed: { summary: 'members besides those that are named are no longer allowed', request: 'breaking', reply: 'information' },
  opened: { summary: 'members besides those that are named are allowed', request: 'information', reply: 'information' },
  'content-type-removed': { summary: 'a content type is gone', request: 'breaking', reply: 'breaking' },
  'content-type-added': { summary: 'a content type is new', request: 'information', reply: 'information' },
  'status-removed': { summary: 'a status is gone', request: null, reply: 'success' },
  'status-added': { summary: 'a status is new', request: null, reply: 'trouble' },
  'security-stricter': { summary: 'a credential that sufficed no longer does', request: 'breaking', reply: null },
  'security-relaxed': { summary: 'another credential, or none, suffices', request: 'information', reply: null },
} as const satisfies Record<string, Rule>

export type EvolutionRule = keyof typeof RULES

/** How much a change hurts. */
export function hurtOf(rule: EvolutionRule, direction: 'request' | 'reply', { read, status }: { read: boolean; status: string | null }): Severity {
  const hurt: Hurt = RULES[rule][direction] ?? 'information'
  switch (hurt) {
    case 'read':
      return read ? 'breaking' : 'warning'
    case 'success':
      return status?.startsWith('2') ? 'breaking' : 'warning'
    case 'trouble':
      return status?.startsWith('5') ? 'information' : 'warning'
    default:
      return hurt
  }
}
