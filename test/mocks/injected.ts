import type { Middleware } from '../../scenarios/kit/exchange.ts'
import type { Injection } from '../../scenarios/kit/injection.ts'

/** Layers as a scenario would put them around an exchange, the first outermost. */
export function injected(...layers: Middleware[]): readonly Injection[] {
  return layers.map((layer): Injection => ({ scenario: 'by-hand', rule: 'rule 1', match: 1, fault: 'reset', options: { fault: 'reset' }, place: 'end', layer }))
}
