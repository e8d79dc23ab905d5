import type { Refused } from '../../mocks/kit/refusals.ts'
import type { Terminal } from './terminal.ts'

/** So many are told in full within {@link WINDOW}: whoever sends hundreds of wrong requests has read the first. */
const MOST = 5
/** Milliseconds. */
const WINDOW = 10_000

/** Tells a person of what the fakes refuse, after the client has its answer; `now` is a clock of real time in milliseconds. */
export function tellRefusals(terminal: Terminal, now: () => number = () => performance.now()): (refused: Refused) => void {
  let since = Number.NEGATIVE_INFINITY
  let told = 0
  return (refused) => {
    if (now() - since > WINDOW) {
      since = now()
      told = 0
    }
    told += 1
    if (told <= MOST) setImmediate(() => void tell(refused, terminal))
    else if (told === MOST + 1) terminal.tell('mock-suite: more requests are refused: mock-suite journal --refused')
  }
}

async function tell({ lane, explanation }: Refused, terminal: Terminal): Promise<void> {
  try {
    const why = await explanation()
    if (why !== undefined) terminal.tell(`mock-suite: ${lane === 0 ? '' : `lane ${lane}: `}${why.text}`)
  } catch (error) {
    terminal.warn(`mock-suite: could not explain a refusal: ${error instanceof Error ? error.stack : String(error)}`)
  }
}
