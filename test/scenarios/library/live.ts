import { vi } from 'vitest'
import type { ServiceName, Suite } from '../../../mocks/index.ts'
import { startSuite } from '../../../mocks/index.ts'

const START = '2026-01-17T09:15:30Z'

/** How far both clocks go at once. No wait of a client or a scenario here is finer. */
const STEP = 250

/** A suite at play, and time that passes for it and for its clients alike. */
export interface Live extends AsyncDisposable {
  suite: Suite<ServiceName>
  /** Lets milliseconds pass: for the suite, and for `Date` and `setTimeout`, by which clients live. */
  pass(milliseconds: number): Promise<void>
  /** Lets time pass until a promise is settled. */
  until<T>(promise: Promise<T>): Promise<T>
  /** How many requests reached a service, or found its door shut. */
  asked(service: ServiceName): number
}

/** Plays a scenario of the library. Nothing in it waits for real: a client's breaker of 60 s is tried in no time. */
export async function live(scenario: string, services: readonly ServiceName[]): Promise<Live> {
  const suite = await startSuite({ services, ports: 'none', clock: START, complain: () => {} })
  await suite.play(scenario)
  vi.useFakeTimers({ now: Date.parse(START), toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  const pass = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; ) {
      // While no client waits for anything, one leap shows it the same as many steps.
      const step = vi.getTimerCount() === 0 ? left : Math.min(left, STEP)
      suite.clock.advance(step)
      await vi.advanceTimersByTimeAsync(step)
      left -= step
    }
  }
  return {
    suite,
    pass,
    async until(promise) {
      const settled = promise.then(
        () => true,
        () => true,
      )
      const turn = () => new Promise<false>((resolve) => setImmediate(() => resolve(false)))
      for (let passed = 0; !(await Promise.race([settled, turn()])); passed += STEP) {
        if (passed > PATIENCE) throw new Error('nothing came within ten minutes')
        await pass(STEP)
      }
      return promise
    },
    asked: (service) => suite.journal.entries().filter((entry) => entry.service === service).length,
    async [Symbol.asyncDispose]() {
      await suite.stop()
      vi.useRealTimers()
    },
  }
}

const PATIENCE = 600_000
