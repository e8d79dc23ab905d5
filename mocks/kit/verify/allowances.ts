import type { Contract } from '../../../contracts/kit/contract.ts'
import { type Allowance, allows, type Found, readAllowance } from './allowance.ts'
import type { Pardoned } from './docket.ts'

/** What a lane lives with until its next reset: findings of this generation that are meant, whenever in it that was said. */
export class Allowances {
  readonly #said = new Map<string, Allowance>()

  /** As it was said, each once. */
  get texts(): string[] {
    return [...this.#said.keys()]
  }

  /** All of them or, where one cannot be read, none. @throws MockSuiteError `bad-option`, `unknown-service`, `unknown-operation` */
  say(texts: readonly string[], contracts: readonly Contract[]): void {
    for (const allowance of texts.map((text) => readAllowance(text, contracts))) this.#said.set(allowance.text, allowance)
  }

  /** What lets this pass, as it was said; nothing where nothing does. */
  of(found: Found): string | undefined {
    for (const allowance of this.#said.values()) if (allows(allowance, found)) return allowance.text
    return undefined
  }

  /** The same of an exchange. */
  readonly ofTrouble: Pardoned = ({ kind, service, operation }) =>
    this.of({ kind, services: [service], operations: operation === undefined ? [] : [operation] })

  clear(): void {
    this.#said.clear()
  }
}
