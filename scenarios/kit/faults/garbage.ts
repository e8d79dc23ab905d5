import * as z from 'zod'
import { defineFault } from '../fault.ts'
import type { Random } from '../random.ts'

/** How many bytes WireMock sends. */
const BYTES = 36

/** Something answers that does not speak HTTP. */
export const garbage = defineFault({
  summary: 'Answers with bytes that are not HTTP, then closes the connection.',
  place: 'instead',
  needs: 'socket',
  knownAs: { wiremock: 'RANDOM_DATA_THEN_CLOSE', mountebank: 'RANDOM_DATA_THEN_CLOSE' },
  options: () => ({
    bytes: z.int('bytes is a whole number').min(1, COUNT).max(LIMIT, COUNT).optional().describe(`how many; ${BYTES} when left out`),
  }),
  lie: () => 'what comes is not HTTP',
  explain: ({ bytes = BYTES }) => `answer ${bytes} ${bytes === 1 ? 'byte' : 'bytes'} that ${bytes === 1 ? 'is' : 'are'} not HTTP`,
  inject({ bytes: count = BYTES }, { random }) {
    const bytes = drawn(count, random)
    return async () => ({ kind: 'garbage', bytes })
  },
})

const LIMIT = 1_048_576
const COUNT = `bytes is a number from 1 to ${LIMIT}`

/** No head of HTTP begins above 127, and no parser skips such a byte. */
function drawn(count: number, random: Random): Buffer {
  const bytes = Buffer.from(Array.from({ length: count }, () => random.integer(256)))
  bytes[0] = 128 + random.integer(128)
  return bytes
}
