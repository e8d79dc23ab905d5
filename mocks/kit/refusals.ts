import type { Explanation } from '../../contracts/kit/explanation.ts'
import type { Problem } from '../../contracts/kit/problem.ts'
import { explained } from './explained.ts'
import type { Happening } from './happening.ts'
import type { Lane } from './lane.ts'

/** A request that a fake refused, told when it has been answered. */
export interface Refused {
  lane: number
  service: string
  /** Its number in the journal of the lane. */
  seq: number
  problem: Problem['kind']
  /** Why, and what would have been answered: worked out when asked for. */
  explanation(): Promise<Explanation | undefined>
}

/** So many different ones are told of one lane between two resets. */
const MOST = 500

/** Tells of each refusal once: the same problem with the same operation, or at the same address, is not told again before the next reset. */
export function tellRefusals(lane: Lane, tell: (refused: Refused) => void): void {
  const known = new Set<string>()
  lane.onReset(() => known.clear())
  lane.journal.onRefused((happening, problem, seq) => {
    const sign = `${happening.contract.service} ${happening.operation ?? shapeOf(happening)} ${problem}`
    if (known.has(sign) || known.size >= MOST) return
    known.add(sign)
    tell({ lane: lane.index, service: happening.contract.service, seq, problem, explanation: () => explained(lane, happening) })
  })
}

/** Method and path, with a blank for what looks like an id. */
function shapeOf({ request: { method, target } }: Happening): string {
  const path = target.split('?', 1)[0] as string
  return `${method} ${path.slice(0, 500).replaceAll(/[^/]*(?:\d|[^/]{24})[^/]*/g, (segment) => (/^v\d+$/.test(segment) ? segment : '*'))}`
}
