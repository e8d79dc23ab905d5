/** A part of a template that has been read. */
export type Part = string | { value: Expression } | { block: Expression; names: readonly string[]; body: readonly Part[]; otherwise: readonly Part[] }

/** A name with what is handed to it: `jsonPath request.body '$.x' default='M'`. */
export interface Expression {
  head: Argument
  args: readonly Argument[]
  hash: Readonly<Record<string, Argument>>
}

export type Argument = { literal: unknown } | { path: readonly string[]; up: number } | { expression: Expression }

/** Reads a Handlebars template. @throws Error for what is none. */
export function parseTemplate(text: string): readonly Part[] {
  const tags = [...tagsIn(text)]
  const { parts, next } = partsUntil(tags, 0)
  const left = tags[next]
  if (left !== undefined) throw new Error(`the template has a stray {{${typeof left === 'string' ? left : left.tag}}}`)
  return parts
}

type Tag = string | { tag: string }

/** Texts and tags in turn; comments are dropped, `~` takes the white space beside it. */
function* tagsIn(text: string): Generator<Tag> {
  let at = 0
  let trim = false
  const literal = (end: number, trimEnd: boolean) => {
    const piece = text.slice(at, end)
    const left = trim ? piece.trimStart() : piece
    return trimEnd ? left.trimEnd() : left
  }
  for (const found of text.matchAll(
    /\\?\{\{(?:!--[\s\S]*?--~?\}\}|\{(?:'[^']*'|"[^"]*"|[^'"}])*\}\}\}|(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'"}]|\}(?!\}))*\}\})/g,
  )) {
    if (found[0].startsWith('\\')) continue
    const inner = found[0].startsWith('{{{') ? found[0].slice(3, -3) : found[0].slice(2, -2)
    yield literal(found.index, inner.startsWith('~'))
    at = found.index + found[0].length
    trim = inner.endsWith('~')
    const tag = inner.replace(/^~/, '').replace(/~$/, '').trim()
    if (!tag.startsWith('!')) yield { tag }
  }
  yield literal(text.length, false)
}

/** Reads until an `else` or the end of a block, which is left to the caller. */
function partsUntil(tags: readonly Tag[], from: number): { parts: Part[]; next: number } {
  const parts: Part[] = []
  let at = from
  while (at < tags.length) {
    const tag = tags[at] as Tag
    if (typeof tag === 'string') {
      if (tag !== '') parts.push(tag)
      at += 1
    } else if (/^(?:\/|else\b|\^)/.test(tag.tag)) return { parts, next: at }
    else if (tag.tag.startsWith('#')) {
      const { part, next } = block(tags, at, tag.tag.slice(1))
      parts.push(part)
      at = next
    } else {
      parts.push({ value: expression(tag.tag.replace(/^&/, '')) })
      at += 1
    }
  }
  return { parts, next: at }
}

function block(tags: readonly Tag[], at: number, opening: string): { part: Part; next: number } {
  const [, head = '', names = ''] = /^([\s\S]*?)(?:\s+as\s+\|([^|]*)\|)?\s*$/.exec(opening) ?? []
  const { parts: body, next } = partsUntil(tags, at + 1)
  const { otherwise, end } = inverse(tags, next, opening)
  return { part: { block: expression(head), names: names.split(/\s+/).filter((name) => name !== ''), body, otherwise }, next: end }
}

/** What follows `else`, which may itself be a block: `{{else if x}}`. */
function inverse(tags: readonly Tag[], at: number, opening: string): { otherwise: Part[]; end: number } {
  const tag = tags[at]
  if (tag === undefined || typeof tag === 'string') throw new Error(`the template does not close {{#${opening}}}`)
  if (tag.tag.startsWith('/')) return { otherwise: [], end: at + 1 }
  const chained = /^else\s+([\s\S]+)$/.exec(tag.tag)?.[1]
  if (chained !== undefined) {
    const { part, next } = block(tags, at, chained)
    return { otherwise: [part], end: next }
  }
  const { parts, next } = partsUntil(tags, at + 1)
  return { otherwise: parts, end: inverse(tags, next, opening).end }
}

const WORD = /\s*(\(|\)|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s()='"]+=(?!=)|(?:\[[^\]]*\]|[^\s()'"])+)/y

function expression(text: string): Expression {
  const words: string[] = []
  WORD.lastIndex = 0
  for (let found = WORD.exec(text); found !== null; found = WORD.exec(text)) words.push(found[1] as string)
  const reader = { words, at: 0 }
  const read = expressionIn(reader)
  if (reader.at < words.length) throw new Error(`the template makes no sense at {{${text}}}`)
  return read
}

interface Reader {
  readonly words: readonly string[]
  at: number
}

function expressionIn(reader: Reader): Expression {
  const head = argument(reader)
  const args: Argument[] = []
  const hash: Record<string, Argument> = {}
  while (reader.at < reader.words.length && reader.words[reader.at] !== ')') {
    const word = reader.words[reader.at] as string
    if (word.endsWith('=') && word.length > 1) {
      reader.at += 1
      hash[word.slice(0, -1)] = argument(reader)
    } else args.push(argument(reader))
  }
  return { head, args, hash }
}

function argument(reader: Reader): Argument {
  const word = reader.words[reader.at]
  if (word === undefined || word === ')') throw new Error('the template has an empty expression')
  reader.at += 1
  if (word !== '(') return leaf(word)
  const inner = expressionIn(reader)
  if (reader.words[reader.at] !== ')') throw new Error('the template lacks a closing parenthesis')
  reader.at += 1
  return { expression: inner }
}

const CONSTANTS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, undefined: undefined }

function leaf(word: string): Argument {
  if (/^['"]/.test(word)) return { literal: word.slice(1, -1).replaceAll(/\\(['"])/g, '$1') }
  if (/^-?\d+(?:\.\d+)?$/.test(word)) return { literal: Number(word) }
  if (Object.hasOwn(CONSTANTS, word)) return { literal: CONSTANTS[word] }
  const [climb = ''] = /^(?:\.\.\/)+/.exec(word) ?? []
  const rest = word.slice(climb.length).replace(/^(?:this|\.)(?:[./]|$)/, '')
  const path = [...rest.matchAll(/\[([^\]]*)\]|([^./[\]]+)/g)].map(([, bracketed, plain]) => (bracketed ?? plain) as string)
  return { path, up: climb.length / 3 }
}
