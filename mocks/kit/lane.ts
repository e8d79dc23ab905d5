import type { LaneReset } from '../../contracts/control.ts'
import type { Address, Contract } from '../../contracts/kit/contract.ts'
import type { Explanation } from '../../contracts/kit/explanation.ts'
import { Clock } from '../../scenarios/kit/clock.ts'
import type { Director } from '../../scenarios/kit/director.ts'
import { Acts } from './acts.ts'
import { explained } from './explained.ts'
import { Journal } from './journal.ts'
import { directorOf } from './lane-director.ts'
import { notRunning } from './not-running.ts'
import type { Service } from './service.ts'
import { Setup, type SetupOptions } from './setup.ts'
import { Shutters } from './shutters.ts'
import type { Store } from './store.ts'
import type { Listening } from './transports/open-server.ts'
import { Allowances } from './verify/allowances.ts'

export interface LaneOptions extends SetupOptions {
  journalLimit: number
  /** @default 32 MiB */
  journalBytes?: number
  /** An instant to stand still at. */
  clock?: string | number
}

/** One isolated set of fakes: its own records, journal, clock and chance. */
export class Lane {
  readonly index: number
  readonly clock: Clock
  /** What was done to it, besides asking it. */
  readonly acts: Acts
  readonly journal: Journal
  /** What a verification lets pass of this generation. */
  readonly allowances = new Allowances()
  /** What goes wrong here, and when. */
  readonly director: Director
  /** Where this lane's fakes listen; filled once they do. */
  readonly addresses = new Map<string, Address>()
  readonly shutters: Shutters
  readonly #resetWatchers = new Set<(reset: LaneReset) => void>()
  /** Those that a renewal has replaced while requests were under way in them. */
  readonly #retired = new Set<Setup>()
  #setup: Setup
  #lastReset: LaneReset

  constructor(index: number, options: LaneOptions) {
    this.index = index
    this.shutters = new Shutters(options.complain)
    this.clock = new Clock(options.clock)
    this.acts = new Acts(this.clock)
    this.clock.watch((move) => this.acts.add(move))
    this.#lastReset = { lane: index, generation: 0, fenced: 0 }
    this.journal = new Journal(index, options.journalLimit, options.journalBytes, options.complain)
    this.director = directorOf(this, options.seed, this.shutters)
    this.#setup = new Setup(this, options)
    this.acts.begin(this.#setup.born, this.director.playing)
  }

  /** What it is filled with, as it was asked for. */
  get settings(): SetupOptions {
    return this.#setup.options
  }

  /** The records; a renewal of the suite brings others. */
  get store(): Store {
    return this.#setup.store
  }

  /** Those that run; a renewal of the suite brings others. */
  get services(): ReadonlyMap<string, Service> {
    return this.#setup.services
  }

  /** What is agreed with them. */
  get contracts(): Contract[] {
    return [...this.services.values()].map(({ contract }) => contract)
  }

  /** @throws MockSuiteError `unknown-service` */
  service(name: string): Service {
    const service = this.services.get(name)
    if (service === undefined) throw notRunning(name, [...this.services.keys()])
    return service
  }

  /** A secret of the world, as credentials are compared with it. */
  secret(name: string): string | undefined {
    return this.#setup.secret(name)
  }

  /** A bearer token of a service that lets in whoever shows it. */
  token(service: string, needs: string | undefined): string | undefined {
    return this.#setup.token(service, needs)
  }

  /** A fake listens from now on; scenarios may shut its port and open it again. */
  opened(service: string, { address, shut }: Pick<Listening, 'address' | 'shut'>): void {
    this.addresses.set(service, address)
    this.shutters.opened(service, shut)
  }

  /** Nobody listens for a fake any more. */
  closed(service: string): void {
    this.addresses.delete(service)
    this.shutters.closed(service)
  }

  /** Why the exchange of this number was refused, and what would have been answered; nothing where it was not, or has left the journal. */
  async explain(seq: number): Promise<Explanation | undefined> {
    const happening = this.journal.kept(seq)
    return happening && explained(this, happening)
  }

  /** Counts resets. */
  get generation(): number {
    return this.#lastReset.generation
  }

  /** Lets findings pass until the next reset, those since the last one too: `violation:alert.createAlert`. @throws MockSuiteError as `suite.verify` */
  allow(findings: readonly string[]): void {
    this.allowances.say(findings, this.contracts)
  }

  /** Cuts what waits for a clock that stands still: nobody will move it on while the suite stops. */
  drain(): void {
    if (this.clock.frozen) this.end()
  }

  /** Cuts what is still under way, for good. */
  end(): void {
    this.acts.add({ kind: 'end' })
    for (const setup of [this.#setup, ...this.#retired]) setup.end()
  }

  /** Lets go of what stands open behind its services, once nobody asks them any more. */
  async close(): Promise<void> {
    for (const setup of this.#retired) setup.cut()
    await Promise.all([this.#setup, ...this.#retired].map((setup) => setup.close()))
  }

  /** What the last reset told. */
  get lastReset(): LaneReset {
    return this.#lastReset
  }

  /** Everything as it was at the start; tells how many timers, late replies and webhooks of the old generation were fenced off. */
  reset(): LaneReset {
    const reset = this.#begin(this.#cut() + this.clock.reset())
    this.#setup.reset()
    this.acts.begin(this.#setup.born, this.director.playing)
    this.director.reset()
    this.allowances.clear()
    return reset
  }

  /** What it would be filled with under other options: whole, and not in use before {@link renew}. */
  prepare(change: Partial<SetupOptions>): Setup {
    return new Setup(this, { ...this.#setup.options, ...change }, this.services)
  }

  /**
   * Goes over to what was prepared, between two requests. A reset in all but this: requests under way finish where they began, and the clock stays where it is.
   * Told is how many timers and webhooks were fenced off.
   */
  renew(setup: Setup): LaneReset {
    const before = this.#setup
    const reset = this.#begin(before.retire() + this.clock.forget())
    this.#setup = setup
    setup.stand()
    this.acts.begin(this.#setup.born, this.director.playing)
    this.director.renew()
    this.allowances.clear()
    this.#retired.add(before)
    void before.drained().then(() => {
      this.#retired.delete(before)
      return before.close()
    })
    return reset
  }

  /** Calls at every reset, while the journal still has what happened before; returns how to stop. */
  onReset(watcher: (reset: LaneReset) => void): () => void {
    this.#resetWatchers.add(watcher)
    return () => this.#resetWatchers.delete(watcher)
  }

  /** The next generation, as those hear of it who watch. */
  #begin(fenced: number): LaneReset {
    const reset = { lane: this.index, generation: this.generation + 1, fenced }
    for (const watcher of this.#resetWatchers) watcher(reset)
    this.#lastReset = reset
    this.journal.reset(this.allowances.ofTrouble)
    this.acts.reset()
    return reset
  }

  #cut(): number {
    return [this.#setup, ...this.#retired].reduce((sum, setup) => sum + setup.cut(), 0)
  }
}
