import { STATUS_CODES } from 'node:http'
import type { DraftExample, DraftSchema } from '../draft.ts'
import { evaluator } from '../evaluate.ts'
import { identifier } from '../identifier.ts'
import type { Asked } from './asked.ts'
import type { Sighting } from './operation.ts'

/** For each status the first exchange that shows it, lists cut short; but for refused requests, one whose request the draft takes. */
export function recordedExamples(sightings: readonly Sighting[], asked: Asked, pydantic: boolean): DraftExample[] {
  const statuses = [...new Set(sightings.map(({ sample }) => sample.reply.status))].sort((one, other) => one - other)
  const isTaken = takenBy(asked, pydantic)
  return statuses.flatMap((status) => {
    for (const sighting of sightings) {
      if (sighting.sample.reply.status !== status) continue
      const example = exampleOf(status, sighting, asked)
      if (status === 400 || status === 422 || isTaken(example)) return example
    }
    return []
  })
}

function exampleOf(status: number, { sample, params }: Sighting, { query, body }: Asked): DraftExample {
  return {
    name: identifier((STATUS_CODES[status] ?? `status ${status}`).toLowerCase(), 'example'),
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(query === undefined || sample.query.length === 0 ? {} : { query: Object.fromEntries(sample.query) }),
    ...(body === undefined || sample.body === undefined || sample.body.as === 'bytes' ? {} : { body: sample.body.value }),
    reply: { status, body: shortened(sample.reply.value) },
  }
}

function takenBy({ params, query, body, consumes }: Asked, pydantic: boolean): (example: DraftExample) => boolean {
  const judge = evaluator({}, pydantic)
  const judgeOf = (schema: DraftSchema | undefined, reading: 'fields' | 'body') => schema && judge(schema, reading)
  const parts = { params: judgeOf(params, 'fields'), query: judgeOf(query, 'fields'), body: judgeOf(body, consumes === 'form' ? 'fields' : 'body') }
  return (example) => {
    const takes = (part: 'params' | 'query') => parts[part]?.safeParse(example[part] ?? {}).success ?? true
    const bare = body === undefined || (example.body === undefined && body.default === null)
    return takes('params') && takes('query') && (bare || (parts.body?.safeParse(example.body).success ?? true))
  }
}

/** The first entries of a list stand for it. */
const ENTRIES = 2

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, ENTRIES).map(shortened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]))
}
