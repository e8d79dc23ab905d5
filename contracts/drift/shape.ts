import { idForm } from './shape/id-form.ts'
import { Tally } from './shape/tally.ts'
import { type TextFormat, textFormats } from './shape/text-format.ts'

/** An integer and a number are told apart by the value: `2.0` arrives as an integer. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'text' | 'list' | 'object'

/**
 * What the JSON values seen so far at one place have in common. The order in which they are learned never shows, and what two
 * shapes have learned can be put together; memory stays flat however many values come.
 */
export class Shape {
  /** How many values were learned. */
  visits = 0
  /** How many of each type; a type never seen is not there. */
  types: Partial<Record<JsonType, number>> = {}
  /** How often each text, number and boolean was seen. */
  readonly values = new Tally(DISTINCT)
  /** Lengths, and how many texts had each format. */
  texts?: Texts
  numbers?: Range
  lists?: Range
  /** What the elements of all lists have in common. */
  element: Shape | undefined
  /** What objects hold, by name; each member's visits are how often it was there. */
  members: Map<string, Shape> = new Map()
  /** What the members of all objects have in common, once there were too many names to be names. */
  member: Shape | undefined
  /** How often each set of members was seen, names joined by commas. */
  readonly signatures = new Tally(SIGNATURES)
  /** There was more below than is kept: nothing follows from what is not here. */
  cut = false
  #last: { order: string; signature: string } | undefined
  private readonly room: Room
  private readonly depth: number

  constructor(room: Room = { left: ROOM }, depth = 0) {
    this.room = room
    this.depth = depth
    room.left -= 1
  }

  learn(value: unknown): void {
    const type = jsonType(value)
    this.visits += 1
    this.types[type] = (this.types[type] ?? 0) + 1
    if (type === 'list') this.learnList(value as unknown[])
    else if (type === 'object') this.learnObject(value as Record<string, unknown>)
    else if (type === 'text') this.learnText(value as string)
    else if (type !== 'null') this.learnScalar(value as number | bigint | boolean)
  }

  /** Learns all that another shape has learned. */
  absorb(other: Shape): void {
    this.visits += other.visits
    for (const [type, times] of Object.entries(other.types)) this.types[type as JsonType] = this.count(type as JsonType) + times
    this.values.absorb(other.values)
    if (other.numbers !== undefined) widen((this.numbers ??= { ...NONE }), other.numbers.least, other.numbers.most)
    if (other.lists !== undefined) widen((this.lists ??= { ...NONE }), other.lists.least, other.lists.most)
    if (other.texts !== undefined) this.absorbTexts(other.texts)
    if (other.element !== undefined) this.ofElements()?.absorb(other.element)
    this.absorbMembers(other)
    this.cut ||= other.cut
  }

  count(type: JsonType): number {
    return this.types[type] ?? 0
  }

  /** How many shapes it takes to say this, itself included: what memory depends on. */
  size(): number {
    const below = [...this.members.values(), ...(this.element === undefined ? [] : [this.element]), ...(this.member === undefined ? [] : [this.member])]
    return below.reduce((sum, shape) => sum + shape.size(), 1)
  }

  /** What the values of a map have in common, if its objects are maps: their keys are ids, dates or simply too many, and what is behind them is alike. */
  asMap(): Shape | undefined {
    if (this.member !== undefined) return this.member
    if (!areKeys([...this.members.keys()]) || !alike([...this.members.values()])) return undefined
    return this.together()
  }

  /** The members' shapes as one. */
  together(): Shape {
    const all = new Shape()
    for (const shape of this.members.values()) all.absorb(shape)
    if (this.member !== undefined) all.absorb(this.member)
    return all
  }

  private learnText(text: string): void {
    this.texts ??= { ...NONE, formats: {} }
    widen(this.texts, text.length, text.length)
    for (const format of textFormats(text)) this.texts.formats[format] = (this.texts.formats[format] ?? 0) + 1
    if (text.length > LONG) this.values.close()
    else this.values.add(text)
  }

  private learnScalar(value: number | bigint | boolean): void {
    if (typeof value !== 'boolean') widen((this.numbers ??= { ...NONE }), Number(value), Number(value))
    this.values.add(value)
  }

  private learnList(list: readonly unknown[]): void {
    widen((this.lists ??= { ...NONE }), list.length, list.length)
    for (const element of list) this.ofElements()?.learn(element)
  }

  private learnObject(object: Record<string, unknown>): void {
    const names = Object.keys(object)
    for (const name of names) this.ofMember(name)?.learn(object[name])
    if (this.member === undefined) this.signatures.add(this.signatureOf(names))
  }

  /** Most objects have the members of the one before, in its order. */
  private signatureOf(names: readonly string[]): string {
    const order = names.join(',')
    if (this.#last?.order !== order) this.#last = { order, signature: [...names].sort().join(',') }
    return this.#last.signature
  }

  private absorbTexts(other: Texts): void {
    this.texts ??= { ...NONE, formats: {} }
    widen(this.texts, other.least, other.most)
    for (const [format, times] of Object.entries(other.formats))
      this.texts.formats[format as TextFormat] = (this.texts.formats[format as TextFormat] ?? 0) + times
  }

  private absorbMembers(other: Shape): void {
    if (other.member !== undefined) {
      this.fold()
      this.member?.absorb(other.member)
    }
    for (const [name, shape] of other.members) this.ofMember(name)?.absorb(shape)
    if (this.member === undefined) this.signatures.absorb(other.signatures)
  }

  private ofElements(): Shape | undefined {
    this.element ??= this.child()
    return this.element
  }

  private ofMember(name: string): Shape | undefined {
    if (this.member !== undefined) return this.member
    const known = this.members.get(name)
    if (known !== undefined) return known
    if (this.members.size === MEMBERS) {
      this.fold()
      return this.member
    }
    const made = this.child()
    if (made !== undefined) this.members.set(name, made)
    return made
  }

  /** So many names are keys: from here on all members are one. */
  private fold(): void {
    if (this.member !== undefined) return
    const members = this.members
    this.members = new Map()
    this.signatures.close()
    for (const shape of members.values()) this.room.left += shape.size()
    this.member = new Shape(this.room, this.depth + 1)
    for (const shape of members.values()) this.member.absorb(shape)
  }

  private child(): Shape | undefined {
    if (this.room.left > 0 && this.depth < DEPTH) return new Shape(this.room, this.depth + 1)
    this.cut = true
    return undefined
  }
}

/** How many more shapes one tree may have. */
interface Room {
  left: number
}

/** Replies of real services take tens of shapes, seldom hundreds. */
const ROOM = 4096
const DEPTH = 32
/** No record has so many members; a table keyed by something has. */
const MEMBERS = 64
/** Three records keyed by ids may be three members by chance; ids of which all are alike, and four, are not. */
const MAP = 4
/** An enumeration of more values is not told from free text by its samples. */
const DISTINCT = 24
const SIGNATURES = 16
/** A longer text is neither a constant nor of an enumeration. */
const LONG = 120

/** Whether names of members are keys, if what is behind them is alike: ids and dates, or simply too many. */
export function areKeys(names: readonly string[]): boolean {
  return names.length > MEMBERS || (names.length >= MAP && names.every((name) => idForm(name) !== undefined))
}

export function jsonType(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'bigint' || Number.isInteger(value)) return 'integer'
  if (typeof value === 'number') return 'number'
  return Array.isArray(value) ? 'list' : 'object'
}

interface Range {
  least: number
  most: number
}

interface Texts extends Range {
  formats: Partial<Record<TextFormat, number>>
}

const NONE: Range = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY }

/** In place: it happens for every value. */
function widen(range: Range, least: number, most: number): void {
  if (least < range.least) range.least = least
  if (most > range.most) range.most = most
}

/** Of one type, null aside, and, where they are objects, each with half of all members or more. */
function alike(shapes: readonly Shape[]): boolean {
  const kinds = new Set(shapes.flatMap((shape) => Object.keys(shape.types).map((type) => (type === 'integer' ? 'number' : type))))
  kinds.delete('null')
  if (kinds.size > 1) return false
  const names = new Set(shapes.flatMap((shape) => [...shape.members.keys()]))
  return shapes.every((shape) => shape.member !== undefined || shape.count('object') === 0 || shape.members.size * 2 >= names.size)
}
