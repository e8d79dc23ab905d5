import type { Unserved } from '../mock.ts'

export { asked, type Source } from './asked.ts'
export { matches } from './matches.ts'
export { render, rendered } from './render.ts'
export { enter, stateOf, states } from './states.ts'

/** What a handler says where no mapping is for a request: WireMock's 404. */
export const unserved: Unserved = { kind: 'unknown-operation' }
