import type { Contract } from './contract.ts'
import { type Asked, type Knowledge, pathOf } from './explain/asked.ts'
import { credentialsAsAsked } from './explain/credentials-for.ts'
import { curlOf } from './explain/curl.ts'
import { explanationText } from './explain/explanation-text.ts'
import { nearestOperations } from './explain/nearest-operations.ts'
import { suggestion } from './explain/suggestion.ts'
import { toldOf } from './explain/told.ts'
import type { Explanation } from './explanation.ts'

export type { Asked, Knowledge } from './explain/asked.ts'

/**
 * Why a request was refused, which operations it may have been meant for, what each of them asks, and a command line that would have been answered.
 * What it marks as not met is what the fake refuses, because it reads requests by the same steps.
 *
 * @param contracts Those of all services that run: a request may have come to the wrong door.
 */
export function explain(contracts: readonly Contract[], asked: Asked, knowledge: Knowledge = {}): Explanation {
  const steps = explainInSteps(contracts, asked, knowledge)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same for a thread that has others to serve: it yields between schemas that are built for the first time. */
export function* explainInSteps(contracts: readonly Contract[], asked: Asked, knowledge: Knowledge = {}): Generator<void, Explanation> {
  const found = yield* nearestOperations(contracts, asked, knowledge)
  const [best] = found
  yield
  const request = best && suggestion(best, asked, knowledge, credentialsAsAsked(best, asked, knowledge))
  const said = {
    problem: asked.problem,
    told: toldOf(found, asked, pathOf(asked)),
    nearest: found.map(({ candidate }) => candidate),
    curl: request === undefined ? null : curlOf(request),
  }
  return { ...said, text: explanationText(said) }
}
