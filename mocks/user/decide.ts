import type { User } from '../world/users.ts'
import { byAnyName } from './directory.ts'
import type { Around } from './handlers.ts'
import { includesAll, standingOn } from './rights.ts'
import { rolesOf } from './roles.ts'
import { hasFoAccess, isActive } from './status.ts'
import type { Decision, Policy } from './tables.ts'

type Question = Pick<Decision, 'subject' | 'action' | 'resource'>
type Verdict = Pick<Decision, 'decision' | 'matched_policy' | 'reason'>

/** The first policy that fits decides; of equals, one that denies. Inferred: the provider’s own order is not known. */
export function decide(around: Around, question: Question): Verdict {
  const user = question.subject.startsWith('user:') ? byAnyName(around.world, question.subject.slice('user:'.length)) : undefined
  const names = [question.subject, ...(user === undefined ? [] : rolesOf(around, user).map((role) => `role:${role}`))]
  const policy = inOrder(around).find((one) => isAbout(one, names, question) && holds(one.condition, around, user, question))
  if (policy === undefined) return { decision: 'default_deny', matched_policy: null, reason: 'No matching policy' }
  const reason = `${policy.effect === 'allow' ? 'Allowed' : 'Denied'} by policy: ${policy.policy_id}`
  return { decision: policy.effect, matched_policy: policy.policy_id, reason }
}

function inOrder({ tables }: Around): Policy[] {
  const asked = tables.policies.all().filter(({ enabled }) => enabled)
  return asked.sort((a, b) => b.priority - a.priority || Number(b.effect === 'deny') - Number(a.effect === 'deny'))
}

function isAbout({ subjects, actions, resources }: Policy, names: readonly string[], { action, resource }: Question): boolean {
  return names.some((name) => fitsAny(subjects, name)) && fitsAny(actions, action) && fitsAny(resources, resource)
}

/** `*` at the end of a pattern stands for anything. */
function fitsAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern))
}

function holds(condition: Policy['condition'], around: Around, user: User | undefined, { action, resource }: Question): boolean {
  if (condition === null) return true
  if (user === undefined) return false
  switch (condition) {
    case 'inactive':
      return !isActive(user)
    case 'has_permission':
      return user.permissions.includes(action)
    case 'is_self':
      return byAnyName(around.world, resource)?.user_id === user.user_id
    case 'has_fo_access':
      return hasFoAccess(user, around.clock.now())
    case 'holds_right': {
      const account = around.tables.accounts.get(Number(resource.slice('trading_account:'.length)))
      return includesAll(standingOn(around, user, account), [action])
    }
  }
}
