/** A JSON value and where it stands, so that parts of it can be rewritten and all else stays to the letter. */
export interface JsonNode {
  kind: 'string' | 'literal' | 'list' | 'object'
  start: number
  end: number
  /** Of a string, without escapes; of a literal, as written. */
  value: string
  items: readonly JsonNode[]
  members: readonly JsonMember[]
  /** A string that the text ends in. */
  open: boolean
}

export interface JsonMember {
  key: JsonNode
  value: JsonNode
}

/** Values one behind the other, as in a stream of lines, and how far they could be read. Forgives what a body that was cut lacks. */
export function readTrees(text: string): { trees: JsonNode[]; end: number } {
  const trees: JsonNode[] = []
  let at = blank(text, text.charCodeAt(0) === 0xfeff ? 1 : 0)
  while (at < text.length) {
    const tree = read(text, at, 0)
    if (tree === undefined) break
    trees.push(tree)
    at = blank(text, tree.end)
  }
  return { trees, end: at }
}

/** Deeper than any service nests; what is deeper is looked at as plain text. */
const DEPTH = 400

function read(text: string, at: number, depth: number): JsonNode | undefined {
  const first = text[at]
  if (first === '"') return readString(text, at)
  if (first === '[') return depth > DEPTH ? undefined : readList(text, at, depth + 1)
  if (first === '{') return depth > DEPTH ? undefined : readObject(text, at, depth + 1)
  LITERAL.lastIndex = at
  const literal = LITERAL.exec(text)?.[0]
  return literal === undefined
    ? undefined
    : { kind: 'literal', start: at, end: at + literal.length, value: literal, items: NO_ITEMS, members: NO_MEMBERS, open: false }
}

const NO_ITEMS: readonly JsonNode[] = []
const NO_MEMBERS: readonly JsonMember[] = []
const LITERAL = /-?[A-Za-z0-9][\w.+-]*/y

function readString(text: string, start: number): JsonNode {
  let at = text.indexOf('"', start + 1)
  if (at < 0 || text.slice(start + 1, at).includes('\\')) {
    at = start + 1
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  }
  const inner = text.slice(start + 1, at)
  const value = inner.includes('\\') ? unquoted(inner) : inner
  return { kind: 'string', start, end: Math.min(at + 1, text.length), value, items: NO_ITEMS, members: NO_MEMBERS, open: at >= text.length }
}

function unquoted(inner: string): string {
  try {
    return JSON.parse(`"${inner}"`)
  } catch {
    return inner.replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\(.)/gs, '$1')
  }
}

function readList(text: string, start: number, depth: number): JsonNode | undefined {
  const items: JsonNode[] = []
  let at = blank(text, start + 1)
  while (at < text.length && text[at] !== ']') {
    const item = read(text, at, depth)
    if (item === undefined) return undefined
    items.push(item)
    at = blank(text, item.end)
    if (text[at] === ',') at = blank(text, at + 1)
    else if (at < text.length && text[at] !== ']') return undefined
  }
  return { kind: 'list', start, end: Math.min(at + 1, text.length), value: '', items, members: NO_MEMBERS, open: false }
}

function readObject(text: string, start: number, depth: number): JsonNode | undefined {
  const members: JsonMember[] = []
  let at = blank(text, start + 1)
  while (at < text.length && text[at] !== '}') {
    if (text[at] !== '"') return undefined
    const key = readString(text, at)
    at = blank(text, key.end)
    if (at < text.length && text[at] !== ':') return undefined
    at = blank(text, at + 1)
    const value = at < text.length ? read(text, at, depth) : nothing(text.length)
    if (value === undefined) return undefined
    members.push({ key, value })
    at = blank(text, value.end)
    if (text[at] === ',') at = blank(text, at + 1)
    else if (at < text.length && text[at] !== '}') return undefined
  }
  return { kind: 'object', start, end: Math.min(at + 1, text.length), value: '', items: NO_ITEMS, members, open: false }
}

/** Where a member's value should be and the text has ended. */
function nothing(at: number): JsonNode {
  return { kind: 'literal', start: at, end: at, value: '', items: NO_ITEMS, members: NO_MEMBERS, open: false }
}

function blank(text: string, from: number): number {
  let at = from
  while (at < text.length && (text[at] === ' ' || text[at] === '\n' || text[at] === '\t' || text[at] === '\r')) at += 1
  return Math.min(at, text.length)
}
