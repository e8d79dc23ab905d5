import { agreedOn } from '../../kit/conform.ts'
import type { Contract, Operation } from '../../kit/contract.ts'
import { readJson } from '../../kit/json.ts'
import { header } from '../../kit/message.ts'
import type { RecordedReply } from '../../kit/recording/exchange.ts'
import { bodyless } from '../../kit/reply.ts'
import type { RealReply } from './reply-breaks.ts'

/** A recorded reply as the judge reads one. */
export function realReplyOf(contract: Contract, operation: Operation, { status, headers, body, cut = false }: RecordedReply): RealReply {
  const contentType = header({ rawHeaders: headers }, 'content-type')
  return { status, headers, contentType, cut, body: bodyOf(contract, operation, status, contentType, body) }
}

function bodyOf(contract: Contract, operation: Operation, status: number, contentType: string | undefined, body: Buffer): unknown {
  const agreed = agreedOn(contract, operation, status)
  if (body.length === 0) return bodyless(status) && agreed?.body.safeParse(null).success ? null : ''
  // What the contract calls JSON is read as JSON whatever the reply calls it: its type is one break, not two.
  if (isJson(contentType) || (agreed !== undefined && isJson(agreed.contentType))) {
    const read = readJson(body, operation.details().lossless ?? false)
    if ('value' in read) return read.value
  }
  return body.toString('utf8')
}

const isJson = (type: string | undefined): boolean => /^application\/(?:[\w.+-]+\+)?json\b/i.test(type ?? '')
