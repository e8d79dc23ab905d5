import * as z from 'zod'
import { httpDate } from '../../../contracts/kit/http-date.ts'
import type { WireReply } from '../../../contracts/kit/message.ts'
import { DURATION, duration, spell } from '../duration.ts'
import { edited, jsonText, replyHeader, withBody, withHeader } from '../edited.ts'
import { defineFault } from '../fault.ts'
import { shifted } from '../shifted.ts'

/** A service whose clock is wrong. */
export const skew = defineFault({
  summary: 'Shifts every timestamp of the reply, in its JSON and in its date header.',
  place: 'reply',
  options: () => ({ by: signed().describe('how far, with a sign: -5m for a clock that is slow, 90s for one that is fast') }),
  lie: ({ by }) => `its clock is ${told(by)} on purpose`,
  explain: ({ by }) => `shift timestamps by ${by < 0 ? '-' : ''}${spell(Math.abs(by))}`,
  inject: ({ by }) => edited((reply) => inBody(inHead(reply, by), by)),
})

const signed = () =>
  z
    .string('a shift needs a unit: write it like -5m or 90s')
    .regex(new RegExp(`^[+-]?${DURATION.source.slice(1)}`), 'is no shift: write it like -5m or 90s')
    .transform((text) => Math.round((text.startsWith('-') ? -1 : 1) * duration(text.replace(/^[+-]/, ''))))

const told = (by: number): string => `${spell(Math.abs(by))} ${by < 0 ? 'slow' : 'fast'}`

function inHead(reply: WireReply, by: number): WireReply {
  const at = Date.parse(replyHeader(reply, 'date') ?? '')
  return Number.isNaN(at) ? reply : { ...reply, headers: withHeader(reply.headers, 'date', httpDate(at + by)) }
}

/** In the text, not in its value: what is no timestamp keeps every byte. */
function inBody(reply: WireReply, by: number): WireReply {
  const text = jsonText(reply)
  return text === undefined
    ? reply
    : withBody(
        reply,
        text.replace(STRING, (token, content: string, name?: string) => (name === undefined ? `"${shifted(content, by)}"` : token)),
      )
}

/** One JSON string, and the colon that makes it the name of a member. */
const STRING = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?/g
