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
  /** What happened, as the end of "GET /alerts 200 /status …". */
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
  'operation-removed': { summary: 'is gone', request: 'breaking', reply: null },
  'operation-added': { summary: 'is new', request: 'information', reply: null },
  'required-added': { summary: 'is new, and always there', request: 'breaking', reply: 'information' },
  'optional-added': { summary: 'is new, and may be left out', request: 'information', reply: 'information' },
  removed: { summary: 'is gone', request: 'information', reply: 'read' },
  'header-removed': { summary: 'is gone', request: null, reply: 'breaking' },
  refused: { summary: 'is gone, and refused where it is sent all the same', request: 'breaking', reply: null },
  'now-required': { summary: 'could be left out, and must be there now', request: 'breaking', reply: 'information' },
  'now-optional': { summary: 'had to be there, and may be left out now', request: 'information', reply: 'read' },
  'type-changed': { summary: 'is of another type', request: 'breaking', reply: 'read' },
  'type-narrowed': { summary: 'is of fewer types, or whole where it was any number', request: 'breaking', reply: 'information' },
  'type-widened': { summary: 'is of more types, or any number where it was whole', request: 'information', reply: 'read' },
  'null-removed': { summary: 'may no longer be null', request: 'breaking', reply: 'information' },
  'null-added': { summary: 'may be null now', request: 'information', reply: 'read' },
  'value-removed': { summary: 'has lost a value', request: 'breaking', reply: 'information' },
  'value-added': { summary: 'has a new value', request: 'information', reply: 'warning' },
  'bound-narrowed': { summary: 'has a new or narrower bound, format or pattern', request: 'breaking', reply: 'information' },
  'bound-widened': { summary: 'has a wider bound, format or pattern, or none any more', request: 'information', reply: 'warning' },
  'bound-changed': { summary: 'has another format or pattern', request: 'breaking', reply: 'warning' },
  closed: { summary: 'has no members any more besides those that it names', request: 'breaking', reply: 'information' },
  opened: { summary: 'may have members besides those that it names', request: 'information', reply: 'information' },
  'content-type-removed': { summary: 'has lost a content type', request: 'breaking', reply: 'breaking' },
  'content-type-added': { summary: 'has a new content type', request: 'information', reply: 'information' },
  'status-removed': { summary: 'is no longer answered', request: null, reply: 'success' },
  'status-added': { summary: 'is a new status', request: null, reply: 'trouble' },
  'security-stricter': { summary: 'is no longer opened by what sufficed', request: 'breaking', reply: null },
  'security-relaxed': { summary: 'is opened by another credential, or by none', request: 'information', reply: null },
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
