import { edited, jsonText, withBody } from '../edited.ts'
import { defineFault } from '../fault.ts'

/** JSON that stops in the middle, in a reply that is whole as HTTP: what a proxy with too small a buffer makes of it. */
export const invalidJson = defineFault({
  summary: 'A JSON body cut so that it no longer parses, its length told rightly.',
  place: 'reply',
  knownAs: { mockserver: 'malformedBody' },
  options: () => ({}),
  lie: () => 'the JSON is broken on purpose',
  explain: () => 'break the JSON',
  inject: () =>
    edited((reply) => {
      const text = jsonText(reply)
      return text === undefined ? reply : withBody(reply, broken(text))
    }),
})

/** A number cut short is a number still; a minus without one is not. */
function broken(text: string): string {
  const half = text.trim().slice(0, Math.ceil(text.trim().length / 2))
  return /^[{["tfn]/.test(half) && half.length < text.trim().length ? half : '-'
}
