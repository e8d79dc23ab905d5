import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import type { Renewal, Suite } from '../../../mocks/kit/suite.ts'
import { isScenarioFile } from '../../../scenarios/kit/library.ts'
import { configuration, hold } from '../configuration/held.ts'
import { project } from '../project.ts'
import { type StarterValues, suiteOptions } from '../starter.ts'
import type { Terminal } from '../terminal.ts'
import { type Contents, contentsOf, differing } from './contents.ts'
import { madeOf } from './made-of.ts'

/** Holds what stands in the files against what the suite was made of, and takes what has changed. */
export class Follower {
  suite: Suite | undefined
  readonly #flags: StarterValues
  readonly #terminal: Terminal
  readonly #follow: () => void
  /** What the suite was made of. */
  #taken: Contents
  /** What was last looked at. */
  #seen: Contents
  /** Why that was not taken. */
  #refusal: string | undefined

  constructor(flags: StarterValues, terminal: Terminal, follow: () => void) {
    this.#flags = flags
    this.#terminal = terminal
    this.#follow = follow
    follow()
    this.#taken = contentsOf(madeOf(flags))
    this.#seen = this.#taken
  }

  /** Takes what has changed. Never throws. */
  async look(): Promise<void> {
    this.#follow()
    const now = contentsOf(madeOf(this.#flags))
    const fresh = differing(this.#seen, now)
    this.#seen = now
    const changed = differing(this.#taken, now)
    if (changed.length > 0 && (fresh.length > 0 || this.#perhapsMended(changed))) await this.#take(changed, now)
    else if (fresh.length > 0 && this.#refusal !== undefined) this.#asItWas(fresh)
  }

  /** A module that could not be loaded may want one that is not among ours yet. */
  #perhapsMended(changed: readonly string[]): boolean {
    return this.#refusal !== undefined && changed.some(isOfProject)
  }

  async #take(changed: readonly string[], now: Contents): Promise<void> {
    const begun = performance.now()
    const what = changed.map((file) => `${this.#told(file)} ${now.get(file) === undefined ? 'is gone' : 'changed'}`).join(', ')
    try {
      const { reset } = await this.#renew(changed, now)
      this.#refusal = undefined
      this.#taken = new Map([...contentsOf(madeOf(this.#flags)), ...now])
      this.#seen = this.#taken
      const took = Math.ceil(performance.now() - begun)
      this.#terminal.tell(`mock-suite: ${what}: swapped in ${took} ms${reset ? '; every lane was reset' : ''}`)
    } catch (error) {
      const { code, message, stack } = error as MockSuiteError
      if (code === 'not-running' || message === this.#refusal) return
      this.#refusal = message
      this.#terminal.warn(`mock-suite: ${what}, and was not taken: ${error instanceof MockSuiteError ? message : stack}\nWhat ran before runs on.`)
    }
  }

  #asItWas(fresh: readonly string[]): void {
    this.#refusal = undefined
    this.#terminal.tell(`mock-suite: ${fresh.map((file) => this.#told(file)).join(', ')}: again what runs`)
  }

  async #renew(changed: readonly string[], now: Contents) {
    const before = configuration()
    if (before === undefined || !changed.some(isOfProject)) return (this.suite as Suite).renew(await this.#change(changed, now, {}))
    const loaded = await before.reload()
    hold({ loaded })
    try {
      const renewed = await (this.suite as Suite).renew(await this.#change([...changed, WORLD], now, { neighbourhood: await project() }))
      const values = (settings: typeof loaded.settings) => [...settings].map(([name, { value }]) => [name, value])
      if (!isDeepStrictEqual(values(before.settings), values(loaded.settings)))
        this.#terminal.tell('mock-suite: what the configuration says of flags is taken with the next start')
      return renewed
    } catch (error) {
      hold({ loaded: before })
      throw error
    }
  }

  async #change(changed: readonly string[], now: Contents, change: Renewal): Promise<Renewal> {
    const { world } = this.#flags
    const anew = changed.includes(WORLD) || (world !== undefined && changed.includes(resolve(world)))
    const scenarios = this.#flags.scenario.filter((name) => !isScenarioFile(name) || now.get(resolve(name)) !== undefined)
    return { ...change, scenarios, ...(anew ? { world: (await suiteOptions(this.#flags)).world ?? {} } : {}) }
  }

  /** As it was given. */
  #told(file: string): string {
    const { world, scenario } = this.#flags
    return [...scenario, ...(world === undefined ? [] : [world])].find((name) => resolve(name) === file) ?? file
  }
}

/** Stands for the records, where no file has them alone. */
const WORLD = '(world)'

const isOfProject = (file: string): boolean => configuration()?.files.includes(file) ?? false
