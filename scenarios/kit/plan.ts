import { chanceOf, isStruck, type Root, settled } from './chance.ts'
import { faultOf } from './playing.ts'
import { type Rule, rulesOf, type Scenario } from './scenario.ts'

/** What is going to happen to the first so many matches of each rule. */
export interface Plan {
  scenario: string
  seed: number
  lane: number
  rules: PlannedRule[]
}

export interface PlannedRule {
  rule: string
  matches: PlannedMatch[]
}

export interface PlannedMatch {
  /** Counted from 1, over the matches that come while the rule is in force. */
  match: number
  /** What it meets, in words; nothing when it passes. */
  faults: { fault: string; told: string }[]
}

/**
 * Tells, before anything runs, which match of which rule meets what. A run obeys it to the letter: both ask the same pure function of seed, lane,
 * scenario, rule and match. A ramp lowers the chance below what is planned here while it rises, and a fault that counts by itself, as a rate limit
 * does, may spare a match that is planned for it.
 */
export function planOf(scenario: Scenario, { seed, lane, requests }: { seed: number; lane: number; requests: number }): Plan {
  const root = { seed, lane, scenario: scenario.name }
  return { ...root, rules: rulesOf(scenario).map(({ label, rule }) => ({ rule: label, matches: matchesOf(root, label, rule, requests) })) }
}

function matchesOf(root: Root, label: string, rule: Rule, requests: number): PlannedMatch[] {
  let struck = 0
  return Array.from({ length: requests }, (_, at) => {
    const match = at + 1
    if (!isStruck(root, label, rule, match, struck)) return { match, faults: [] }
    struck += 1
    return { match, faults: rule.inject.map((written, index) => planned(root, label, match, written, index)) }
  })
}

function planned(root: Root, label: string, match: number, written: Rule['inject'][number], index: number): { fault: string; told: string } {
  const fault = faultOf(written)
  return { fault: written.fault, told: fault.explain(settled(fault, written, chanceOf(root, label, match, index)) as never) }
}
