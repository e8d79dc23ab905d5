import { defineFault } from '../fault.ts'

/** A callback that comes twice: its sender never saw the first answer. */
export const duplicate = defineFault({
  summary: 'Makes a callback twice.',
  place: 'instead',
  strikes: ['out'],
  options: () => ({}),
  explain: () => 'send it twice',
  inject: () => async (_, next) => {
    const first = await next()
    await next()
    return first
  },
})
