/** What a body goes through on its way out, in the order in which it is met. Times are milliseconds on the lane's clock. */
export type Stage =
  /** Pieces of so many bytes, a pause between them. */
  | { stage: 'slice'; size: number; pause: number }
  /** So many bytes a second, ten times a second. */
  | { stage: 'throttle'; rate: number }
  /** After so many bytes the connection ends, whatever the head has announced. */
  | { stage: 'cut'; after: number; by: 'close' | 'reset' }
  /** Half of the first piece, then bytes that are no chunk, then the end. */
  | { stage: 'garble'; bytes: string }
  /** The connection stays open for a while after the last byte, then ends. */
  | { stage: 'linger'; for: number }

/** What a transport does, one after the other. */
export type Step =
  | { do: 'wait'; for: number }
  | { do: 'write'; bytes: Uint8Array }
  /** Past the framing: no chunk is made of it. */
  | { do: 'blurt'; bytes: Uint8Array }
  /** `complete`: as HTTP ends a reply; the others end the connection. */
  | { do: 'end'; by: 'complete' | 'close' | 'reset' }

/** The steps of a delivery. Pure: the same body and stages give the same steps. */
export function stepsOf(body: string | Uint8Array, stages: readonly Stage[]): Step[] {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const steps = delivery(stages)
  return [...(bytes.length === 0 ? [] : steps({ do: 'write', bytes })), ...steps({ do: 'end', by: 'complete' })]
}

type Walk = (step: Step) => Step[]

/** A delivery of a body that comes in pieces: each step in gives the steps out, until one of them was the end. */
export function delivery(stages: readonly Stage[]): Walk {
  const walks = stages.map((stage): Walk => WALKS[stage.stage](stage as never))
  let ended = false
  return (step) => {
    if (ended) return []
    const steps = walks.reduce((sofar, walk) => sofar.flatMap(walk), [step])
    const last = steps.findIndex((one) => one.do === 'end')
    ended = last !== -1
    return ended ? steps.slice(0, last + 1) : steps
  }
}

type Walks = { [Name in Stage['stage']]: (stage: Extract<Stage, { stage: Name }>) => Walk }

const WALKS: Walks = {
  slice({ size, pause }) {
    let first = true
    return writes((bytes) =>
      pieces(bytes, size).flatMap((piece) => {
        const steps: Step[] = [...(first ? [] : [waiting(pause)]), { do: 'write', bytes: piece }]
        first = false
        return steps
      }),
    )
  },
  throttle: ({ rate }) =>
    writes((bytes) =>
      pieces(bytes, Math.max(1, Math.ceil(rate / 10))).flatMap((piece) => [waiting((piece.length / rate) * 1000), { do: 'write', bytes: piece }]),
    ),
  cut({ after, by }) {
    let left = after
    return (step) => {
      if (step.do !== 'write') return [step]
      const bytes = step.bytes.subarray(0, left)
      left -= bytes.length
      const sent: Step[] = bytes.length === 0 ? [] : [{ do: 'write', bytes }]
      return left > 0 ? sent : [...sent, { do: 'end', by }]
    }
  },
  garble:
    ({ bytes }) =>
    (step) => {
      if (step.do !== 'write' && step.do !== 'end') return [step]
      const half = step.do === 'write' ? step.bytes.subarray(0, Math.ceil(step.bytes.length / 2)) : new Uint8Array()
      return [
        ...(half.length === 0 ? [] : [{ do: 'write' as const, bytes: half }]),
        { do: 'blurt', bytes: Buffer.from(bytes, 'latin1') },
        { do: 'end', by: 'close' },
      ]
    },
  linger: (stage) => (step) => (step.do === 'end' && step.by !== 'reset' ? [waiting(stage.for), { do: 'end', by: 'close' }] : [step]),
}

const waiting = (milliseconds: number): Step => ({ do: 'wait', for: milliseconds })

function writes(walk: (bytes: Uint8Array) => Step[]): Walk {
  return (step) => (step.do === 'write' ? walk(step.bytes) : [step])
}

function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
}
