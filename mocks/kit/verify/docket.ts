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
  /** What let it pass in its generation, as it was said. */
  pardon: string | undefined
}

/** What of a generation was meant. */
export type Pardoned = (trouble: Pick<Trouble, 'kind' | 'service' | 'operation'>) => string | undefined

const nothing: Pardoned = () => undefined

export type Since = 'start' | 'reset'

/**
 * What went wrong in one lane, counted by what it was: since the start, and since the last reset; apart from that, what was meant. It is exact whatever makes
 * room in the journal: past its bound it goes on counting by kind and operation.
 */
export class Docket {
  /** Of the generations before: what was meant, and what was not. */
  #meant = new Accounts()
  #unmeant = new Accounts()
  #present = new Accounts()
  #generation = 0

  get generation(): number {
    return this.#generation
  }

  add(happening: Happening, problem: Problem | undefined, seq: number): void {
    for (const trouble of troublesOf(happening, problem)) {
      const { method, target } = happening.request
      const request = { method, target }
      this.#present.add({ ...trouble, times: 1, seq, generation: this.#generation, request, sample: happening.request, more: false, pardon: undefined })
    }
  }

  /** A reset: what went wrong before is of another generation, and what was meant in that one is known by now. */
  renew(pardoned = nothing): void {
    for (const account of judged(this.#present, pardoned)) (account.pardon === undefined ? this.#unmeant : this.#meant).add(account)
    this.#generation += 1
    this.#present = new Accounts()
  }

  /** What was meant in one generation and not in another has two accounts. */
  accounts(since: Since, pardoned = nothing): Account[] {
    const present = judged(this.#present, pardoned)
    if (since === 'reset') return present
    const [meant, unmeant] = [this.#meant.copy(), this.#unmeant.copy()]
    for (const account of present) (account.pardon === undefined ? unmeant : meant).add(account)
    return [...unmeant.all, ...meant.all]
  }
}

const judged = (accounts: Accounts, pardoned: Pardoned): Account[] => accounts.all.map((account) => ({ ...account, pardon: pardoned(account) }))

/** How many ways are told apart, and how many bytes of requests are kept for their explanation. */
const DISTINCT = 200
const BYTES = 4 * 1024 * 1024

/** Only the last part can hold a line break. */
function keyOf({ kind, service, operation, problem, place }: Trouble): string {
  return `${kind}\n${service}\n${operation ?? ''}\n${problem ?? ''}\n${place}`
}

class Accounts {
  readonly #known: Map<string, Account>
  readonly #more: Map<string, Account>
  #bytes: number

  constructor(known: readonly (readonly [string, Account])[] = [], more: readonly (readonly [string, Account])[] = [], bytes = 0) {
    this.#known = new Map(known)
    this.#more = new Map(more)
    this.#bytes = bytes
  }

  get all(): Account[] {
    return [...this.#known.values(), ...this.#more.values()]
  }

  copy(): Accounts {
    const own = (accounts: Map<string, Account>) => [...accounts].map(([key, account]) => [key, { ...account }] as const)
    return new Accounts(own(this.#known), own(this.#more), this.#bytes)
  }

  add(account: Account): void {
    const key = keyOf(account)
    const known = this.#known.get(key)
    if (account.more) this.#addMore(account)
    else if (known !== undefined) known.times += account.times
    else if (this.#known.size < DISTINCT) this.#known.set(key, { ...account, sample: this.#keep(account.sample) })
    else this.#addMore({ ...account, more: true })
  }

  #addMore(account: Account): void {
    const key = keyOf({ ...account, problem: undefined, place: '' })
    const known = this.#more.get(key)
    if (known === undefined) this.#more.set(key, { ...account, sample: this.#keep(account.sample) })
    else known.times += account.times
  }

  #keep(sample: KeptRequest | undefined): KeptRequest | undefined {
    const bytes = sample === undefined ? 0 : sample.body.length + sample.headers.length + sample.target.length
    if (this.#bytes + bytes > BYTES) return undefined
    this.#bytes += bytes
    return sample
  }
}
