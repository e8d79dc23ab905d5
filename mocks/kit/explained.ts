import { setImmediate } from 'node:timers/promises'
import type { Entry } from '../../contracts/control.ts'
import type { Knowledge } from '../../contracts/kit/explain/asked.ts'
import type { Explanation } from '../../contracts/kit/explanation.ts'
import type { Happening } from './happening.ts'
import type { Lane } from './lane.ts'

/** Nobody reads more at once, and each takes a moment of the thread that answers requests. */
const MOST = 200

/** What is looked at of it. */
interface Refused extends Pick<Happening, 'operation' | 'direction' | 'problem' | 'request'> {
  contract: Pick<Happening['contract'], 'service'>
}

/** Why a request was refused, as far as its lane knows; nothing for one that was not. What explains is loaded when first asked for. */
export async function explained(lane: Lane, { contract, operation, direction, problem, request }: Refused): Promise<Explanation | undefined> {
  if (direction === 'out' || (problem === undefined && operation !== undefined)) return undefined
  const { explainInSteps } = await import('../../contracts/kit/explain.ts')
  const asked = {
    service: contract.service,
    method: request.method,
    target: request.target,
    headers: request.headers === '' ? [] : request.headers.split('\n'),
    body: Buffer.from(request.body, 'latin1'),
    problem: problem ?? 'unknown-operation',
    operation,
  }
  const steps = explainInSteps(lane.contracts, asked, knowledgeOf(lane))
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await setImmediate()
  }
}

/** Entries with why they were refused, the newest of them at least; requests that come meanwhile are answered. */
export async function withExplanations(lane: Lane, entries: readonly Entry[]): Promise<Entry[]> {
  const refused = entries.filter(({ problem, operation }) => problem !== null || operation === null).slice(-MOST)
  const kept = refused.flatMap(({ seq }) => {
    const happening = lane.journal.kept(seq)
    return happening === undefined ? [] : [{ seq, happening }]
  })
  const explanations = new Map<number, Explanation | null>()
  for (const { seq, happening } of kept) {
    explanations.set(seq, (await explained(lane, happening)) ?? null)
    await setImmediate()
  }
  return entries.map((entry) => ({ ...entry, explanation: explanations.get(entry.seq) ?? null }))
}

function knowledgeOf(lane: Lane): Knowledge {
  return {
    refusesCaller: (service, operation, headers) => lane.services.get(service)?.backend.authenticate?.(operation.details(), { rawHeaders: headers }),
    secret: (name) => lane.secret(name),
    url: (service) => lane.addresses.get(service)?.url,
    variables: lane.settings.variables?.(lane) ?? {},
  }
}
