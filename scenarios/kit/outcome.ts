import type { WireReply } from '../../contracts/kit/message.ts'
import type { Stage } from './delivery.ts'

/**
 * What becomes of one exchange: the one thing that faults and transports know of each other.
 * Faults decide it as data; transports carry it out without an opinion.
 */
export type Outcome =
  /** Without stages the body leaves in one piece. */
  | { kind: 'reply'; reply: WireReply; delivery?: readonly Stage[] }
  /** The connection stays open and nothing comes. */
  | { kind: 'hang' }
  /** A polite end (FIN) without an answer. */
  | { kind: 'close' }
  /** A reset (RST), which no polite end can be taken for. */
  | { kind: 'reset' }
  /** Bytes that are not HTTP, then the end. */
  | { kind: 'garbage'; bytes: Buffer }
  /** Nobody listens. Where the port is open all the same, the connection is reset. */
  | { kind: 'refuse' }
  /** A callback that was never sent. */
  | { kind: 'lost' }
