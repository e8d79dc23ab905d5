import type { Contract } from '../../contracts/kit/contract.ts'
import { listed, pathPattern } from './asked.ts'
import { checkNames } from './check-names.ts'
import { spell } from './duration.ts'
import type { Need, Target } from './fault.ts'
import type { Mistake } from './mistake.ts'
import { faultOf } from './playing.ts'
import type { Injected, Phase, Rule, Scenario } from './scenario.ts'

/** What a scenario is held against. */
export interface Stage {
  contracts: readonly Contract[]
  /** What the transports cannot do, and why. */
  cannot?: Readonly<Partial<Record<Need, string>>>
  /** Folders of scenarios that go by name, before those of the library. */
  folders?: readonly string[]
}

/** Everything that is wrong with a scenario whose grammar is right: names, reach, and what it would make the fakes say. */
export function checkScenario({ rules = [], phases = [] }: Scenario, stage: Stage): Mistake[] {
  return [
    ...(rules.length + phases.length === 0 ? [{ path: [], message: 'needs rules, or phases' }] : []),
    ...rules.flatMap((rule, at) => under(['rules', at], checkRule(rule, stage))),
    ...phases.flatMap((phase, at) => under(['phases', at], [...checkEnd(phase, at, phases), ...checkPhase(phase, stage)])),
  ]
}

function checkEnd({ name, for: lasts, until }: Phase, at: number, phases: readonly Phase[]): Mistake[] {
  const next = phases[at + 1]
  if (next === undefined || lasts !== undefined || until !== undefined) return []
  const [called, reached] = [name ?? `phase ${at + 1}`, next.name ?? `phase ${at + 2}`]
  return [{ path: [], message: `${called} never ends, so ${reached} is unreachable. Give ${called} an end: for: 10s, or until: { requests: 20 }.` }]
}

function checkPhase(phase: Phase, stage: Stage): Mistake[] {
  const unending = phase.for === undefined && phase.until !== undefined && phase.rules.every(isStanding)
  return [
    ...(unending ? [{ path: ['until'], message: 'no request ever counts here: no rule of this phase matches any. End it by the clock, with for.' }] : []),
    ...phase.rules.flatMap((rule, at) => {
      const late = rule.during?.after !== undefined && phase.for !== undefined && rule.during.after >= phase.for
      const never = { path: ['during', 'after'], message: `opens after ${spell(rule.during?.after ?? 0)}, but its phase ends after ${spell(phase.for ?? 0)}` }
      return under(['rules', at], [...(late ? [never] : []), ...checkRule(rule, stage)])
    }),
  ]
}

function checkRule(rule: Rule, stage: Stage): Mistake[] {
  const names = under(['when'], checkNames(rule.when, stage.contracts))
  const targets = names.length === 0 ? targetsOf(rule, stage.contracts) : []
  const nobody = names.length === 0 && targets.length === 0 && rule.when.callback === undefined
  return [
    ...names,
    ...(nobody ? [{ path: ['when'], message: 'no operation is all of this at once' }] : []),
    ...checkCounts(rule),
    ...checkWindow(rule),
    ...checkStanding(rule),
    ...rule.inject.flatMap((injected, at) => under(['inject', at], checkFault(injected, rule, targets, stage))),
  ]
}

function checkCounts({ skip = 0, until }: Rule): Mistake[] {
  if (until === undefined || skip < until.requests) return []
  return [{ path: ['skip'], message: `lets ${skip} pass, but the rule is over after ${until.requests}: it never strikes` }]
}

function checkWindow({ during = {} }: Rule): Mistake[] {
  const { for: open, every, ramp } = during
  const wrong = (member: string, message: string): Mistake => ({ path: ['during', member], message })
  if (every !== undefined && open === undefined) return [wrong('every', 'opens again, but never shuts: say how long it is open, with for')]
  if (every !== undefined && open !== undefined && open >= every)
    return [wrong('every', `opens again after ${spell(every)}, before the ${spell(open)} are over: it never shuts`)]
  if (ramp !== undefined && open !== undefined && ramp > open) return [wrong('ramp', `rises for ${spell(ramp)}, but the window shuts after ${spell(open)}`)]
  return []
}

export const isStanding = (rule: Rule): boolean => rule.inject.some((injected) => faultOf(injected).standing?.(injected as never) ?? false)

/** What is there by the clock alone cannot be counted by requests. */
function checkStanding(rule: Rule): Mistake[] {
  if (!isStanding(rule)) return []
  const { service: _, any: __, ...others } = rule.when
  const counted = [...Object.keys(others), ...(['skip', 'times', 'chance', 'until'] as const).filter((name) => rule[name] !== undefined)]
  const [first] = counted
  const { fault } = rule.inject[0] as Injected
  if (first !== undefined)
    return [
      {
        path: ['inject', 0],
        message: `${fault} is for a whole service as long as the rule lasts, and cannot go by ${first}. Say how long each time, as in { fault: ${fault}, for: 10s }.`,
      },
    ]
  return rule.inject.length === 1 ? [] : [{ path: ['inject'], message: `${fault} cannot stand beside other faults: nothing gets through to them` }]
}

function checkFault(injected: Injected, rule: Rule, targets: readonly Target[], { cannot = {} }: Stage): Mistake[] {
  const fault = faultOf(injected)
  const direction = rule.when.callback === true ? 'out' : 'in'
  const at: Mistake['path'] = ['fault']
  if (!(fault.strikes ?? ['in']).includes(direction)) {
    const message =
      direction === 'in'
        ? `${injected.fault} strikes callbacks: say callback: true in when`
        : `${injected.fault} strikes requests, and this rule is about callbacks`
    return [{ path: at, message }]
  }
  const unable = fault.needs === undefined ? undefined : cannot[fault.needs]
  if (unable !== undefined) return [{ path: at, message: `${injected.fault} cannot be carried out here: ${unable}` }]
  const judged = fault.judge?.(injected as never)
  if (judged !== undefined) return [{ path: [], message: judged }]
  const refused = targets.flatMap((target) => fault.check?.(injected as never, target, injected.off_contract !== undefined) ?? [])
  const [first] = refused
  if (first === undefined) return []
  return [
    {
      path: at,
      message: refused.length === 1 ? first : `${first} (and ${refused.length - 1} more of the ${targets.length} operations that this rule is about)`,
    },
  ]
}

/** Every operation that a rule can strike. */
export function targetsOf({ when }: Rule, contracts: readonly Contract[]): Target[] {
  if (when.callback === true) return []
  const path = when.path === undefined ? undefined : pathPattern(when.path)
  return contracts
    .filter(({ service }) => when.service === undefined || listed(when.service).includes(service))
    .flatMap((contract) => Object.entries(contract.operations).map(([name, operation]): Target => ({ contract, name, operation })))
    .filter(({ name }) => when.operation === undefined || listed(when.operation).includes(name))
    .filter(({ operation }) => when.method === undefined || listed(when.method).includes(operation.method))
    .filter(({ operation }) => path === undefined || path.test(operation.path) || templateOf(operation.path).test(when.path as string))
}

/** A path with parameters, as a pattern of what may be asked. */
function templateOf(path: string): RegExp {
  return pathPattern(path.replace(/:[^/]+/g, '*'))
}

function under(path: Mistake['path'], mistakes: readonly Mistake[]): Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, path: [...path, ...mistake.path] }))
}
