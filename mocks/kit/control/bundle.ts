import about from '../../../package.json' with { type: 'json' }
import type { Handlers, Subject } from './subject.ts'

/** Everything, for a day to be done again. Loaded with the first that asks: hardly any run does. */
export function bundleHandlers({ suite }: Subject) {
  return {
    async getBundle({ query }) {
      const lane = suite.lane(query.lane ?? 0)
      const { bundleOf } = await import('../day/day.ts')
      return { status: 200, body: bundleOf(lane, about.version) }
    },
  } satisfies Handlers<'getBundle'>
}
