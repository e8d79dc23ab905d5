import { header } from '../../kit/message.ts'
import type { DraftContract, DraftResponse, DraftSchema } from '../draft.ts'
import { saidByEnvelope } from './errors.ts'
import { isJson, type Sample } from './sample.ts'
import { sampledSchema } from './sampled-schema.ts'

type Reply = Sample['reply']

/** One response for each status, but for refusals that the envelope words. */
export function recordedResponses(samples: readonly Sample[], errors: DraftContract['errors']): { responses: DraftResponse[]; notes: string[] } {
  const statuses = [...new Set(samples.map(({ reply }) => reply.status))].sort((one, other) => one - other)
  const notes: string[] = []
  const responses = statuses.flatMap((status) => {
    const replies = samples.flatMap(({ reply }) => (reply.status === status ? [reply] : []))
    return errors === 'fastapi' && saidByEnvelope(status, replies) ? [] : [responseOf(status, replies, notes)]
  })
  if (statuses.every((status) => status >= 400)) notes.push('no good reply was seen')
  return { responses, notes }
}

function responseOf(status: number, replies: readonly Reply[], notes: string[]): DraftResponse {
  const type = mostFrequent(replies.map(({ type }) => type))
  const others = new Set(replies.map((reply) => reply.type).filter((other) => other !== type))
  if (others.size > 0) notes.push(`${status} was also ${[...others].map((other) => other || 'of no type').join(', ')}, which is not in the draft`)
  const judged = replies.filter((reply) => reply.type === type)
  const headers = headersOf(judged)
  return {
    status,
    body: bodyOf(type, judged),
    ...(type === 'application/json' ? {} : { contentType: type }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  }
}

function bodyOf(type: string, replies: readonly Reply[]): DraftSchema {
  const values = replies.map(({ value }) => value)
  if (values.every((value) => value === null)) return { kind: 'null' }
  if (values.every((value) => value === '')) return { kind: 'one-of', values: [''] }
  return isJson(type) ? sampledSchema(values) : { kind: 'text' }
}

/** What a client acts on; the others are the server's own. */
const TELLING = ['location', 'retry-after']

function headersOf(replies: readonly Reply[]): Record<string, DraftSchema> {
  const always = TELLING.filter((name) => replies.every(({ headers }) => header({ rawHeaders: headers }, name) !== undefined))
  return Object.fromEntries(always.map((name) => [name, { kind: 'text' as const }]))
}

function mostFrequent(words: readonly string[]): string {
  const times = new Map<string, number>()
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  return [...times].sort(([, one], [, other]) => other - one)[0]?.[0] ?? ''
}
