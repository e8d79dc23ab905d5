/** A value of the request model that is told as one text and still has members: a query parameter with several values, a path. */
export class Told {
  readonly text: string
  readonly items: readonly unknown[]
  readonly #members: Readonly<Record<string, unknown>>

  constructor(text: string, items: readonly unknown[], members: Readonly<Record<string, unknown>> = {}) {
    this.text = text
    this.items = items
    this.#members = members
  }

  /** WireMock counts from the last but one: `[-1]` of three is the second. */
  member(name: string): unknown {
    if (Object.hasOwn(this.#members, name)) return this.#members[name]
    if (name === 'first') return this.items[0]
    if (name === 'last') return this.items.at(-1)
    const at = Number(name)
    return Number.isInteger(at) ? this.items[at < 0 ? this.items.length - 1 + at : at] : undefined
  }
}

/** What a JSONPath found, told as JSON. */
export class Json {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }
}

/** A member of whatever a template may hold. */
export function memberOf(value: unknown, name: string): unknown {
  const inner = plain(value)
  if (inner instanceof Told) return inner.member(name)
  if (inner instanceof Map) return memberOfMap(inner, name)
  if (Array.isArray(inner)) return name === 'length' || name === 'size' ? inner.length : inner[Number(name)]
  return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : undefined
}

/** Headers are found whatever the case of their name. */
function memberOfMap(map: ReadonlyMap<unknown, unknown>, name: string): unknown {
  return map.get(name) ?? (map instanceof CaselessMap ? map.get(name.toLowerCase()) : undefined)
}

/** Its keys are found in any case; those that tell them keep the one they were given. */
export class CaselessMap extends Map<string, unknown> {
  override get(name: string): unknown {
    const key = [...this.keys()].find((known) => known.toLowerCase() === name.toLowerCase())
    return key === undefined ? undefined : super.get(key)
  }
}

/** What is inside a value that tells itself as JSON. */
export const plain = (value: unknown): unknown => (value instanceof Json ? value.value : value)

/** Nothing, false, nought, and what is empty. */
export function isFalsy(value: unknown): boolean {
  const inner = plain(value)
  return !inner || (Array.isArray(inner) && inner.length === 0) || (inner instanceof Told && inner.text === '' && inner.items.length === 0)
}

/** A value as WireMock writes it into a text. */
export function print(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Told) return value.text
  if (value instanceof Json) return printJson(value.value)
  return javaText(value)
}

/** Objects on many lines, lists on one. */
function printJson(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  return Array.isArray(value) ? JSON.stringify(value) : jackson(value)
}

/** What Java's `toString` makes of lists and maps. */
function javaText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Map) return `{${[...value].map(([name, one]) => `${name}=${print(one)}`).join(', ')}}`
  if (Array.isArray(value)) return `[${value.map((one) => (one === null ? 'null' : print(one))).join(', ')}]`
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return `{${Object.entries(value)
      .map(([name, one]) => `${name}=${one === null ? 'null' : print(one)}`)
      .join(', ')}}`
  return String(value)
}

/** JSON as Jackson indents it: members on lines of their own, lists in one. */
export function jackson(value: unknown, indent = ''): string {
  const inner = `${indent}  `
  if (Array.isArray(value)) return value.length === 0 ? '[ ]' : `[ ${value.map((one) => jackson(one, indent)).join(', ')} ]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(([name, one]) => `${inner}${JSON.stringify(name)} : ${jackson(one, inner)}`)
  return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`
}
