import type { DraftResponse } from '../../../contracts/draft/draft.ts'
import type { MappingReply } from './mapping-reply.ts'
import type { Asking } from './operations.ts'
import { schemaOf } from './schema-of.ts'

/** How the replies of one status are declared, and so how a handler has to give them. */
export interface Spoken {
  kind: 'json' | 'text'
  /** Declared once for all of them; otherwise each says it in a header. */
  contentType: string | undefined
}

/** How an operation tells replies of one status: a contract has one content type for each. */
export function spokenOf(asking: Asking, status: number): Spoken {
  const replies = repliesOf(asking, status)
  const types = new Set(replies.map(({ contentType }) => contentType))
  const [only] = types
  if (types.size !== 1 || only === undefined) return { kind: 'text', contentType: undefined }
  if (replies.every(({ body }) => body.kind === 'json')) return { kind: 'json', contentType: only }
  // What is declared as application/json is written as JSON; a text that is yet to be rendered is not.
  return { kind: 'text', contentType: only === 'application/json' ? undefined : only }
}

export function responsesOf(asking: Asking): DraftResponse[] {
  const statuses = [...new Set(asking.branches.map(({ mapping }) => mapping.reply.status))].toSorted((one, other) => one - other)
  return statuses.map((status): DraftResponse => {
    const replies = repliesOf(asking, status)
    const { kind, contentType = '' } = spokenOf(asking, status)
    if (kind === 'json') return { status, body: schemaOf(replies.map(({ body }) => (body.kind === 'json' ? body.value : undefined))) }
    const bytes = replies.some(({ body }) => body.kind === 'bytes')
    return { status, body: bytes ? { kind: 'anything', note: 'Bytes.' } : { kind: 'text' }, contentType }
  })
}

function repliesOf({ branches }: Asking, status: number): MappingReply[] {
  return branches.map(({ mapping }) => mapping.reply).filter((reply) => reply.status === status)
}
