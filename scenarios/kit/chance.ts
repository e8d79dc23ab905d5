import type { AnyFault } from './fault.ts'
import { type Random, random } from './random.ts'
import type { Injected, Rule } from './scenario.ts'

/** From which everything follows that chance decides about one scenario. */
export interface Root {
  seed: number
  lane: number
  scenario: string
}

/**
 * Whether the n-th match of a rule is struck, so many having been struck before. Pure: plan and run ask the same question and get the same answer.
 *
 * @param strength How far a ramp has risen, from 0 to 1.
 */
export function isStruck(
  root: Root,
  label: string,
  { skip = 0, times = Number.POSITIVE_INFINITY, chance = 1, until }: Rule,
  n: number,
  struck: number,
  strength = 1,
): boolean {
  if (n <= skip || struck >= times || (until !== undefined && n > until.requests)) return false
  const odds = chance * strength
  // What is certain needs no draw: a rule at chance 0 costs nothing.
  return odds >= 1 || (odds > 0 && chanceOf(root, label, n).next() < odds)
}

/** The chance of one match, or of one fault in it: no draw moves another. */
export function chanceOf({ seed, lane, scenario }: Root, label: string, n: number, fault?: number): Random {
  return random(seed, `lane ${lane}`, scenario, label, n, ...(fault === undefined ? [] : [`fault ${fault}`]))
}

/** The options of a fault with what chance decides settled. */
export function settled(fault: AnyFault, options: Injected, chance: Random): Injected {
  return fault.draw === undefined ? options : { ...fault.draw(options as never, chance), fault: options.fault, off_contract: options.off_contract }
}
