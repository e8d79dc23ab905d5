import * as z from 'zod'
import { edited, withHeader } from '../edited.ts'
import { defineFault } from '../fault.ts'

const TYPE = /^[\w.+-]+\/[\w.+-]+( *; *[\w.+-]+=("[\w .+-]*"|[\w.+-]+))*$/

/** The right body under the wrong name: what a proxy does that takes everything for a web page. */
export const contentType = defineFault({
  summary: 'Names another content type than the body has.',
  place: 'reply',
  options: () => ({
    to: z
      .string()
      .regex(TYPE, 'is no content type: write it like text/html or text/plain; charset=utf-8')
      .optional()
      .describe('what it claims to be; text/html when left out'),
  }),
  lie: () => 'the content type is wrong on purpose',
  explain: ({ to = HTML }) => `call the body ${to}`,
  inject: ({ to = HTML }) => edited((reply) => ({ ...reply, headers: withHeader(reply.headers, 'content-type', to) })),
})

const HTML = 'text/html'
