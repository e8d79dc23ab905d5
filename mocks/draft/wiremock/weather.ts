import type { InjectedInput } from '../../../scenarios/kit/scenario.ts'
import { type Json, jsonOf } from './mapping.ts'

/** What a mapping does to its reply on the way, as faults of a scenario. */
export type Weather = readonly InjectedInput[]

const FAULTS: Readonly<Record<string, InjectedInput>> = {
  EMPTY_RESPONSE: { fault: 'close' },
  MALFORMED_RESPONSE_CHUNK: { fault: 'malformed' },
  RANDOM_DATA_THEN_CLOSE: { fault: 'garbage' },
  CONNECTION_RESET_BY_PEER: { fault: 'reset' },
}

/** Delays and faults of a response; a mock only answers, so they go into a scenario beside it. */
export function weatherOf(response: Json, note: (text: string) => void): Weather | undefined {
  const { fixedDelayMilliseconds, fault } = response
  const found: (InjectedInput | undefined)[] = [
    typeof fixedDelayMilliseconds === 'number' && fixedDelayMilliseconds > 0 ? { fault: 'latency', ms: fixedDelayMilliseconds } : undefined,
    distributed(jsonOf(response.delayDistribution), note),
    dribbled(response),
    typeof fault === 'string' ? FAULTS[fault] : undefined,
  ]
  if (typeof fault === 'string' && FAULTS[fault] === undefined) note(`the fault ${fault} is not carried.`)
  const weather = found.filter((one) => one !== undefined)
  return weather.length === 0 ? undefined : weather
}

function distributed({ type, lower, upper, median, sigma, milliseconds }: Json, note: (text: string) => void): InjectedInput | undefined {
  const rounded = (ms: number) => Math.round(ms * 10) / 10
  if (type === 'fixed') return { fault: 'latency', ms: Number(milliseconds) }
  if (type === 'uniform') return { fault: 'latency', ms: rounded((Number(lower) + Number(upper)) / 2), jitter: rounded((Number(upper) - Number(lower)) / 2) }
  // Ours takes the jitter whose logarithm is WireMock's sigma.
  if (type === 'lognormal')
    return { fault: 'latency', ms: Number(median), jitter: rounded(Number(median) * Math.expm1(Number(sigma))), distribution: 'lognormal' }
  if (type !== undefined) note(`the delay distribution ${type} is not carried.`)
  return undefined
}

function dribbled({ chunkedDribbleDelay, body = '', jsonBody }: Json): InjectedInput | undefined {
  const { numberOfChunks, totalDuration } = jsonOf(chunkedDribbleDelay)
  if (typeof numberOfChunks !== 'number' || typeof totalDuration !== 'number') return undefined
  const length = Buffer.byteLength(jsonBody === undefined ? String(body) : JSON.stringify(jsonBody))
  return { fault: 'slicer', size: Math.max(1, Math.ceil(length / numberOfChunks)), delay: `${Math.max(1, Math.round(totalDuration / numberOfChunks))}ms` }
}
