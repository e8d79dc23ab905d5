import { writeJson } from '../../contracts/kit/json.ts'
import type { Refusal } from '../../contracts/kit/problem.ts'
import { bodyless, wireReply } from '../../contracts/kit/reply.ts'
import type { Exchange } from './exchange.ts'
import type { Outcome } from './outcome.ts'

/** An answer instead of the fake's, dressed as the vendor dresses its own. */
export function answer({ contract, clock }: Exchange, said: Refusal): Outcome {
  const { status, contentType = 'application/json', headers = [] } = said
  return { kind: 'reply', reply: wireReply(contract, clock.now(), { status, body: written(said), contentType, headers }) }
}

function written({ status, body, contentType = 'application/json' }: Refusal): string | Uint8Array {
  if (bodyless(status)) return ''
  if (body instanceof Uint8Array) return body
  return isJson(contentType) || typeof body !== 'string' ? writeJson(body, true) : body
}

const isJson = (type: string): boolean => /^application\/([\w.-]+\+)?json\b/i.test(type)
