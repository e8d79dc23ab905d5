/** What a body goes through on its way out. Times are milliseconds on the lane's clock. */
export type Stage =
  /** Half of the first piece, then bytes that are no chunk, then the end. */
  | { stage: 'garble'; bytes: string }
  /** After so many bytes the connection ends, whatever the head has announced. */
  | { stage: 'cut'; after: number; by: 'close' | 'reset' }
  /** Pieces of so many bytes, a pause between them. */
  | { stage: 'slice'; size: number; pause: number }
  /** So many bytes a second, ten times a second. */
  | { stage: 'throttle'; rate: number }
  /** The connection stays open for a while after the last byte, then ends. */
  | { stage: 'linger'; for: number }

/** What is sent is settled before how fast: stages are met in this order, however they were written down. */
const ORDER = ['garble', 'cut', 'slice', 'throttle', 'linger'] as const

/** What a transport does, one after the other. */
export type Step =
  | { do: 'wait'; for: number }
  | { do: 'write'; bytes: Uint8Array }
  /** Past the framing: no chunk is made of it. */
  | { do: 'blurt'; bytes: Uint8Array }
  /** The reply ends as HTTP ends one, and the connection stays as it is. */
  | { do: 'finish' }
  /** `complete`: the connection is free for the next request; the others end it. */
  | { do: 'end'; by: 'complete' | 'close' | 'reset' }

/** The steps of a delivery. Pure: the same body and stages give the same steps. */
export function stepsOf(body: string | Uint8Array, stages: readonly Stage[]): Step[] {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const steps = delivery(stages)
  return [...writing(bytes).flatMap(steps), ...steps({ do: 'end', by: 'complete' })]
}

type Walk = (step: Step) => Step[]

/** A delivery of a body that comes in pieces: each step in gives the steps out, until one of them was the end. */
export function delivery(stages: readonly Stage[]): Walk {
  const walks = stages.toSorted((one, other) => ORDER.indexOf(one.stage) - ORDER.indexOf(other.stage)).map((stage): Walk => WALKS[stage.stage](stage as never))
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
  garble:
    ({ bytes }) =>
    (step) => {
      if (step.do === 'write') return [...writing(step.bytes.subarray(0, Math.ceil(step.bytes.length / 2))), ...nonsense(bytes)]
      return step.do === 'end' ? nonsense(bytes) : [step]
    },
  cut({ after, by }) {
    let left = after
    return (step) => {
      if (step.do !== 'write') return [step]
      const bytes = step.bytes.subarray(0, left)
      left -= bytes.length
      return left > 0 ? writing(bytes) : [...writing(bytes), { do: 'end', by }]
    }
  },
  slice({ size, pause }) {
    let first = true
    return writes((bytes) =>
      pieces(bytes, size).flatMap((piece) => {
        const steps = [...(first ? [] : [waiting(pause)]), ...writing(piece)]
        first = false
        return steps
      }),
    )
  },
  throttle: ({ rate }) =>
    writes((bytes) => pieces(bytes, Math.max(1, Math.ceil(rate / 10))).flatMap((piece) => [waiting((piece.length / rate) * 1000), ...writing(piece)])),
  linger: (stage) => (step) => {
    if (step.do !== 'end' || step.by === 'reset') return [step]
    return [...(step.by === 'complete' ? [{ do: 'finish' as const }] : []), waiting(stage.for), { do: 'end', by: 'close' }]
  },
}

const nonsense = (bytes: string): Step[] => [
  { do: 'blurt', bytes: Buffer.from(bytes, 'latin1') },
  { do: 'end', by: 'close' },
]

const writing = (bytes: Uint8Array): Step[] => (bytes.length === 0 ? [] : [{ do: 'write', bytes }])

const waiting = (milliseconds: number): Step => ({ do: 'wait', for: milliseconds })

function writes(walk: (bytes: Uint8Array) => Step[]): Walk {
  return (step) => (step.do === 'write' ? walk(step.bytes) : [step])
}

function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
}
