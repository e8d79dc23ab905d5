import { edited, replyHeader, withHeader } from '../edited.ts'
import { defineFault } from '../fault.ts'

/** A success by another number: a client that asks for 200 to the letter takes it for a failure. */
export const created = defineFault({
  summary: 'A success says 201, whatever it says in the contract; all else stays.',
  place: 'reply',
  options: () => ({}),
  lie: () => 'a success says 201 on purpose',
  explain: () => 'answer 201 instead of any other success',
  inject: () =>
    edited((reply) => {
      if (reply.status < 200 || reply.status > 299) return reply
      // What had no body by its status, as 204, has an empty one now: its length has to be told.
      const headers =
        replyHeader(reply, 'content-length') === undefined && reply.rest === undefined
          ? withHeader(reply.headers, 'content-length', String(Buffer.byteLength(reply.body)))
          : reply.headers
      return { ...reply, status: 201, headers }
    }),
})
