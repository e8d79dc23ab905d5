import type { RequestPattern } from '../../kit/wiremock/matches.ts'
import { type MappingReply, replyOf } from './mapping-reply.ts'
import { requestOf } from './mapping-request.ts'
import { type Weather, weatherOf } from './weather.ts'

export type Json = Readonly<Record<string, unknown>>

/** One stub mapping, read. */
export interface Mapping {
  /** `mappings/users.json, mapping 2`. */
  at: string
  name: string | undefined
  /** The lower goes first. */
  priority: number
  /** Among equals the one that was added last goes first. */
  order: number
  request: RequestPattern
  state: MappingState | undefined
  reply: MappingReply
  /** Delays and faults, for a scenario. */
  weather: Weather | undefined
}

export interface MappingState {
  scenario: string
  required: string | undefined
  next: string | undefined
}

/** What a mapping is read with. */
export interface MappingContext {
  at: string
  order: number
  /** A file of `__files`. */
  file(name: string): Buffer | undefined
  /** Every reply is a template, as under `--global-response-templating`. */
  templating: boolean
  note(text: string): void
}

/** A mapping as far as it can be carried; nothing where it could only be carried wrongly, and a note that says why. */
export function readMapping(found: Json, context: MappingContext): Mapping | undefined {
  const { at, order, note } = context
  const request = requestOf(jsonOf(found.request), (text) => note(`${at}: ${text}; the mapping is left out.`))
  if (request === undefined) return undefined
  const response = jsonOf(found.response)
  const reply = replyOf(response, { ...context, note: (text) => note(`${at}: ${text}`) })
  if (reply === undefined) return undefined
  for (const name of ['postServeActions', 'serveEventListeners'])
    if (found[name] !== undefined) note(`${at}: ${name} (webhooks) are not carried; use \`callback()\` in the handler.`)
  return {
    at,
    name: typeof found.name === 'string' ? found.name : undefined,
    priority: typeof found.priority === 'number' ? found.priority : 5,
    order,
    request,
    state: stateOf(found),
    reply,
    weather: weatherOf(response, (text) => note(`${at}: ${text}`)),
  }
}

function stateOf({ scenarioName, requiredScenarioState, newScenarioState }: Json): MappingState | undefined {
  if (typeof scenarioName !== 'string') return undefined
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return { scenario: scenarioName, required: text(requiredScenarioState), next: text(newScenarioState) }
}

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})
