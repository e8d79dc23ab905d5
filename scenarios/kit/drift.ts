import { EACH } from './steps.ts'

/** What becomes of a member: nothing is left of it, or another name, another type, or null. */
export type Change = { change: 'drop' | 'retype' | 'null' } | { change: 'rename'; to?: string | undefined }

/** A JSON value in which the members at a path have drifted; as it is where the path leads nowhere. */
export function drifted(value: unknown, [step, ...rest]: readonly string[], change: Change): unknown {
  if (step === undefined) return value
  const hit = (name: string) => step === EACH || step === name
  if (Array.isArray(value)) return value.flatMap((item, at): unknown[] => (hit(String(at)) ? items(item, rest, change) : [item]))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (hit(name) ? members(name, member, rest, change) : [[name, member]])))
}

function items(item: unknown, rest: readonly string[], change: Change): unknown[] {
  return rest.length > 0 ? [drifted(item, rest, change)] : members('', item, rest, change).map(([, changed]) => changed)
}

function members(name: string, member: unknown, rest: readonly string[], change: Change): [string, unknown][] {
  if (rest.length > 0) return [[name, drifted(member, rest, change)]]
  switch (change.change) {
    case 'drop':
      return []
    case 'rename':
      return [[change.to ?? renamed(name), member]]
    case 'retype':
      return [[name, retyped(member)]]
    case 'null':
      return [[name, null]]
  }
}

/** The other habit of naming, as when another team takes a service over: `alert_id` and `alertId`. */
function renamed(name: string): string {
  if (name.includes('_')) return name.replace(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase())
  return /[a-z][A-Z]/.test(name) ? name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before}_${after.toLowerCase()}`) : `${name}_v2`
}

/** A number that reads as one becomes one, and what is alone becomes a list, as vendors do it. */
function retyped(value: unknown): unknown {
  if (Array.isArray(value)) return { items: value }
  if (isObject(value)) return [value]
  if (typeof value !== 'string') return String(value)
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(value) ? Number(value) : [value]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
