import type { authzOperations } from '../../contracts/user/authz.ts'
import { decide } from './decide.ts'
import { byNumber } from './directory.ts'
import type { Around, Handlers } from './handlers.ts'
import { includesAll, standingOn } from './rights.ts'
import type { Decision } from './tables.ts'

/** How long an answer is kept, in milliseconds (C1 §8.3). */
const KEPT = 60_000

export const isKept = ({ decided_at }: Decision, now: number): boolean => now < decided_at + KEPT

export const authz: Handlers<typeof authzOperations> = {
  checkAuthorization(call) {
    if (!isSubject(call.body.subject)) return { status: 400, body: { detail: `Invalid subject: ${call.body.subject}` } }
    return { status: 200, body: answer(call, call.body, call.query.use_cache) }
  },

  checkAuthorizations(call) {
    const results = call.body.checks.map((check) => (isSubject(check.subject) ? answer(call, check, call.query.use_cache) : mistaken(check)))
    const allowed = results.filter((result) => result.allowed).length
    const cached = results.filter((result) => result.cached).length
    return { status: 200, body: { results, summary: { allowed, denied: results.length - allowed, cached } } }
  },

  listPolicies({ tables }) {
    const { rows, total } = tables.policies.list({ sort: 'priority', descending: true })
    return { status: 200, body: { policies: rows, total } }
  },

  checkAccountPermission(call) {
    const { user_id, trading_account_id, permission } = call.body
    const standing = standingOn(call, byNumber(call.world, user_id), call.tables.accounts.get(trading_account_id))
    const { level } = standing
    if (!includesAll(standing, [permission])) return { status: 200, body: { has_permission: false, permission_source: null, membership_role: null } }
    if (level === 'owner' || level === 'none') return { status: 200, body: { has_permission: true, permission_source: 'owner', membership_role: null } }
    return { status: 200, body: { has_permission: true, permission_source: 'membership', membership_role: level } }
  },

  invalidateCache({ tables, body }) {
    const { subject, resource, action, invalidate_all } = body
    const named = (kept: Decision) =>
      (subject ?? kept.subject) === kept.subject && (resource ?? kept.resource) === kept.resource && (action ?? kept.action) === kept.action
    const anything = subject !== null || resource !== null || action !== null
    const stale = tables.decisions.all().filter((kept) => invalidate_all || (anything && named(kept)))
    for (const { question } of stale) tables.decisions.delete(question)
    return { status: 200, body: { invalidated_keys: stale.length, message: `Invalidated ${stale.length} cache entries` } }
  },
}

interface Question {
  subject: string
  action: string
  resource: string
}

const isSubject = (subject: string): boolean => /^[a-z_]+:./.test(subject)

/** Kept answers are given as they were, even when the truth has changed since: that is what the invalidation is for. */
function answer(call: Around, { subject, action, resource }: Question, useCache: boolean) {
  const { tables, clock } = call
  const question = JSON.stringify([subject, action, resource])
  const kept = useCache ? tables.decisions.get(question) : undefined
  if (kept !== undefined && isKept(kept, clock.now())) return told(kept, true)
  const decision = { question, subject, action, resource, ...decide(call, { subject, action, resource }), decided_at: clock.now() }
  return told(useCache ? tables.decisions.put(decision) : decision, false)
}

function told({ decision, matched_policy, reason }: Decision, cached: boolean) {
  return { allowed: decision === 'allow', decision, matched_policy, reason, cached }
}

function mistaken({ subject }: Question) {
  return { allowed: false, decision: 'error' as const, matched_policy: null, reason: `Invalid subject: ${subject}`, cached: false }
}
