/** A port that is shut and opened again, as often and as fast as anybody wants. */
export interface Shutter {
  /** What shuts does so at once; what opens waits until it has shut. Told when done. @throws what `turn` throws when it cannot open; then it stays shut until the next try. */
  shut(shut: boolean): Promise<void>
  /** For good: from here on nothing opens it. Told when nothing is under way any more. */
  close(): Promise<void>
}

/**
 * Only what is wanted last counts: a port that is to open and to shut again while it is still closing does neither.
 *
 * @param turn Shuts the port or opens it, and tells when done; never called twice at a time.
 */
export function createShutter(turn: (shut: boolean) => Promise<void>): Shutter {
  let [wanted, isShut, closed, busy] = [false, false, false, false]
  let work = Promise.resolve()
  const go = async () => {
    busy = true
    try {
      while (wanted !== isShut && !closed) {
        const next = wanted
        await turn(next)
        isShut = next
      }
    } finally {
      busy = false
    }
  }
  return {
    shut(shut) {
      wanted = shut
      if (!busy) work = go()
      return work
    },
    async close() {
      closed = true
      await work.catch(() => {})
    },
  }
}
