import { once } from '../../kit/contract.ts'
import { fastapi } from '../../kit/fastapi.ts'
import { header } from '../../kit/message.ts'
import type { DraftContract } from '../draft.ts'
import type { Sample } from './sample.ts'

/** Whether refusals have FastAPI's form; where there is none, whether its server answered. */
export function errorsOf(samples: readonly Sample[]): DraftContract['errors'] {
  const refusals = samples.filter(({ reply: { status, type } }) => status >= 400 && status < 500 && type.endsWith('json'))
  const fitting = refusals.filter(({ reply }) => isDetail(reply.value)).length
  if (refusals.length > 0) return fitting * 2 > refusals.length ? 'fastapi' : 'plain'
  return samples.some(({ reply }) => header({ rawHeaders: reply.headers }, 'server') === 'uvicorn') ? 'fastapi' : 'plain'
}

const isDetail = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).join() === 'detail'

const envelope = once(() => fastapi({ version: '0.115.0' }).refusals())

/** Whether all replies of one status are what FastAPI itself says with it, so that the draft need not. */
export function saidByEnvelope(status: number, replies: readonly Sample['reply'][]): boolean {
  const spec = envelope()[status]
  if (spec === undefined) return false
  const { body, contentType = 'application/json' } = '_zod' in spec ? { body: spec } : spec
  return replies.every(({ type, value }) => type === (contentType.split(';', 1)[0] ?? '') && body.safeParse(value).success)
}
