import * as z from 'zod'
import { header } from '../../../contracts/kit/message.ts'
import { answer } from '../answer.ts'
import { undeclared } from '../declared.ts'
import type { Exchange } from '../exchange.ts'
import { defineFault } from '../fault.ts'
import { unsendable } from '../headers.ts'

const MOVED = 307

/** A detour. Without an address it leads back to where it came from: for ever, unless the rule ends. */
export const redirect = defineFault({
  summary: 'Sends the client elsewhere; without an address, back to the one it asked.',
  place: 'instead',
  options: () => ({
    to: z
      .string()
      .refine((text) => text.startsWith('/') || /^https?:\/\//i.test(text), 'is neither a path nor an address with http:// or https://')
      .optional()
      .describe('a path of this service, or a whole address'),
    code: z.literal([301, 302, 303, 307, 308]).optional().describe('the status; 307 when left out, which keeps method and body'),
  }),
  answers: ({ code = MOVED }) => code,
  judge: ({ to = '/' }) => unsendable({ location: to }),
  check: ({ code = MOVED }, target, excused) => undeclared(target, code, excused),
  explain: ({ to, code = MOVED }) => `answer ${code} to ${to ?? 'the same address'}`,
  inject:
    ({ to, code: status = MOVED }) =>
    async (exchange) =>
      answer(exchange, { status, body: '', contentType: '', headers: ['content-length', '0', 'location', location(exchange, to)] }),
})

/** Whole, as Starlette writes it. */
function location({ request }: Exchange, to: string = request.target): string {
  return to.startsWith('/') ? `http://${header(request, 'host') ?? 'localhost'}${to}` : to
}
