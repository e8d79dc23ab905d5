import { type ObjectLiteral, objectLiterals } from './object-literals.ts'
import { unifiedDiff } from './unified-diff.ts'

/** A file of TypeScript. */
export interface Source {
  file: string
  text: string
}

/** An object in one of the files of a contract. */
export interface Spot {
  file: string
  literal: ObjectLiteral
}

/** A contract as it is written. Changes add up, so that the patches of all of them apply in a row. */
export class WrittenContract {
  readonly #texts: Map<string, string>
  readonly #literals = new Map<string, readonly ObjectLiteral[]>()

  constructor(sources: readonly Source[]) {
    this.#texts = new Map(sources.map(({ file, text }) => [file, text]))
  }

  /** Where the schema of an object with just these members is written; nothing where there is none, or more than one. */
  objectWith(names: readonly string[]): Spot | undefined {
    const wanted = new Set(names)
    return this.#only(
      ({ members, spreads, callee }) =>
        !spreads && /^(?:z|py)\.\w*object$/i.test(callee ?? '') && members.length === wanted.size && members.every(({ name }) => wanted.has(name)),
    )
  }

  /** Where the replies of an operation are written: `{ 200: …, 404: … }`. */
  responsesOf(operation: string): Spot | undefined {
    const all = this.#only(({ members }, text) => members.some((one) => one.name === operation && isOperation(text.slice(one.value.from, one.value.to))))
    const at = all?.literal.members.find(({ name }) => name === operation)?.value
    if (all === undefined || at === undefined) return undefined
    const details = this.#only(({ from, to, members }) => from > at.from && to < at.to && members.some(({ name }) => name === 'responses'), all.file)
    const responses = details?.literal.members.find(({ name }) => name === 'responses')?.value
    return responses === undefined ? undefined : this.#only(({ from, to }) => from === responses.from && to === responses.to, all.file)
  }

  /** What is written for a member. */
  valueAt({ file, literal }: Spot, name: string): string {
    const value = literal.members.find((one) => one.name === name)?.value
    return value === undefined ? '' : this.#text(file).slice(value.from, value.to)
  }

  /** Writes something else for a member. @returns a patch */
  replace({ file, literal }: Spot, name: string, by: string): string {
    const value = literal.members.find((one) => one.name === name)?.value
    return value === undefined ? '' : this.#edit(file, value.from, value.to, by)
  }

  /** Writes one more member behind the last one. @returns a patch */
  insert({ file, literal }: Spot, member: string): string {
    const text = this.#text(file)
    const last = literal.members.at(-1)
    if (last === undefined) return this.#edit(file, literal.from, literal.to, `{ ${member} }`)
    const line = /\n([ \t]*)[^\n]*$/.exec(text.slice(literal.from, last.value.to).slice(0, last.from - literal.from + 1))
    const comma = /^\s*,/.exec(text.slice(last.value.to, literal.to))?.[0].length ?? 0
    const end = last.value.to + comma
    const inLines = line !== null && text.slice(literal.from, last.from).includes('\n')
    if (!inLines) return this.#edit(file, last.value.to, end, `, ${member}`)
    const indent = line[1] ?? ''
    return this.#edit(file, last.value.to, end, `,\n${indent}${member.replaceAll('\n', `\n${indent}`)},`)
  }

  #edit(file: string, from: number, to: number, by: string): string {
    const before = this.#text(file)
    const after = before.slice(0, from) + by + before.slice(to)
    this.#texts.set(file, after)
    this.#literals.delete(file)
    return unifiedDiff(file, before, after)
  }

  #literalsIn(file: string): readonly ObjectLiteral[] {
    const known = this.#literals.get(file) ?? objectLiterals(this.#text(file))
    this.#literals.set(file, known)
    return known
  }

  #text(file: string): string {
    return this.#texts.get(file) ?? ''
  }

  #only(is: (literal: ObjectLiteral, text: string) => boolean, within?: string): Spot | undefined {
    const files = [...this.#texts].filter(([file]) => within === undefined || file === within)
    const found = files.flatMap(([file, text]) => this.#literalsIn(file).flatMap((literal) => (is(literal, text) ? [{ file, literal }] : [])))
    return found.length === 1 ? found[0] : undefined
  }
}

const isOperation = (text: string): boolean => /^(?:get|post|put|patch|del)\(/.test(text)
