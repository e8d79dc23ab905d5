import type { DraftContract, DraftOperation } from '../draft.ts'
import { askedOf } from './asked.ts'
import { recordedAuth } from './auth.ts'
import { recordedExamples } from './examples.ts'
import type { PathTemplate } from './path-templates.ts'
import { isLong } from './read-exactly.ts'
import { recordedResponses } from './responses.ts'
import type { Sample } from './sample.ts'

/** One sample, and what it has where the path varies. */
export interface Sighting {
  sample: Sample
  params: Record<string, string>
}

interface Known {
  name: string
  template: PathTemplate
  sightings: readonly Sighting[]
  errors: DraftContract['errors']
  file: string
}

/** One operation as all its samples have it, and what whoever reads it should know. */
export function recordedOperation({ name, template, sightings, errors, file }: Known): { operation: DraftOperation; notes: string[] } {
  const pydantic = errors === 'fastapi'
  const samples = sightings.map(({ sample }) => sample)
  const { asked, notes: ofRequests } = askedOf(sightings, pydantic)
  const { responses, notes: ofReplies } = recordedResponses(samples, errors)
  const { auth, notes: ofAuth } = recordedAuth(samples)
  const operation: DraftOperation = {
    ...{ name, method: template.method, path: template.path, summary: `Recorded ${counted(samples)}.` },
    ...asked,
    ...(samples.some(({ body, reply }) => isLong(body?.value) || isLong(reply.value)) && { lossless: true }),
    responses,
    ...(auth && { auth }),
    evidence: 'provider',
    source: `recording ${file}, ${samples.length} exchange${samples.length === 1 ? '' : 's'}, ${spanOf(samples)}`,
    examples: recordedExamples(sightings, asked, pydantic),
  }
  const guess = template.guess === undefined ? [] : [`the path is a guess: ${template.guess}`]
  return { operation, notes: [...guess, ...ofReplies, ...ofAuth, ...ofRequests].map((note) => `${name}: ${note}.`) }
}

function counted(samples: readonly Sample[]): string {
  const statuses = [...new Set(samples.map(({ reply }) => reply.status))].sort((one, other) => one - other)
  const each = statuses.map((status) => `${status} ×${samples.filter(({ reply }) => reply.status === status).length}`)
  return `${samples.length === 1 ? 'once' : `${samples.length} times`}: ${each.join(', ')}`
}

function spanOf(samples: readonly Sample[]): string {
  const times = samples.map(({ at }) => at)
  const [first, last] = [Math.min, Math.max].map((choose) => new Date(times.reduce((one, other) => choose(one, other))).toISOString().slice(0, 10))
  return first === last ? `${first}` : `${first} to ${last}`
}
