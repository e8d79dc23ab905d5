import type { Problem } from '../../../contracts/kit/problem.ts'
import type { Happening, KeptRequest } from '../happening.ts'
import { type Trouble, troublesOf } from './trouble.ts'

/** What went wrong in one way, and how often. */
export interface Account extends Trouble {
  times: number
  /** The journal's number of the first, and the generation that it was of. */
  seq: number
  generation: number
  /** The first, as far as there was room to keep it. */
  request: Pick<KeptRequest, 'method' | 'target'>
  sample: KeptRequest | undefined
  /** Stands for all that were not told apart any more. */
  more: boolean
}

export type Since = 'start' | 'reset'

/**
 * What went wrong in one lane, counted by what it was: since the start, and since the last reset. It is exact whatever makes room in the journal: past its
 * bound it goes on counting by kind and operation.
 */
export class Ledger {
  readonly #start = new Accounts()
  #reset = new Accounts()
  #generation = 0

  get generation(): number {
    return this.#generation
  }

  add(happening: Happening, problem: Problem | undefined, seq: number): void {
    for (const trouble of troublesOf(happening, problem)) {
      const came: Came = { trouble, key: keyOf(trouble), request: happening.request, seq, generation: this.#generation }
      this.#start.add(came)
      this.#reset.add(came)
    }
  }

  /** A reset: what went wrong before is of another generation. */
  renew(): void {
    this.#generation += 1
    this.#reset = new Accounts()
  }

  accounts(since: Since): Account[] {
    return (since === 'start' ? this.#start : this.#reset).all
  }
}

/** How many ways are told apart, and how many bytes of requests are kept for their explanation. */
const DISTINCT = 200
const BYTES = 4 * 1024 * 1024

interface Came extends Pick<Account, 'seq' | 'generation'> {
  trouble: Trouble
  key: string
  request: KeptRequest
}

/** Only the last part can hold a line break. */
function keyOf({ kind, service, operation, problem, place }: Trouble): string {
  return `${kind}\n${service}\n${operation ?? ''}\n${problem ?? ''}\n${place}`
}

class Accounts {
  readonly #known = new Map<string, Account>()
  readonly #more = new Map<string, Account>()
  #bytes = 0

  get all(): Account[] {
    return [...this.#known.values(), ...this.#more.values()]
  }

  add(came: Came): void {
    const { trouble, key } = came
    const known = this.#known.get(key)
    if (known !== undefined) known.times += 1
    else if (this.#known.size < DISTINCT) this.#known.set(key, this.#open(came, false))
    else this.#addMore(came, keyOf({ ...trouble, problem: undefined, place: '' }))
  }

  #addMore(came: Came, key: string): void {
    const known = this.#more.get(key)
    if (known === undefined) this.#more.set(key, this.#open(came, true))
    else known.times += 1
  }

  #open({ trouble, request, seq, generation }: Came, more: boolean): Account {
    const { method, target } = request
    return { ...trouble, times: 1, seq, generation, request: { method, target }, sample: this.#keep(request), more }
  }

  #keep(request: KeptRequest): KeptRequest | undefined {
    const bytes = request.body.length + request.headers.length + request.target.length
    if (this.#bytes + bytes > BYTES) return undefined
    this.#bytes += bytes
    return request
  }
}
