/** An object as it is written in TypeScript. Offsets are into the source. */
export interface ObjectLiteral {
  /** Its opening brace, and behind its closing one. */
  from: number
  to: number
  /** What it is the first argument of: `z.strictObject`. */
  callee: string | undefined
  members: readonly WrittenMember[]
  /** It takes over members of another object, too. */
  spreads: boolean
}

export interface WrittenMember {
  name: string
  from: number
  /** Of the value, blanks around it left out. */
  value: { from: number; to: number }
}

interface Frame {
  bracket: string
  literal: { from: number; callee: string | undefined; members: WrittenMember[]; spreads: boolean }
  /** The key that waits for its value, and where that begins. */
  key: { name: string; from: number; value: number } | undefined
  expectsKey: boolean
}

/**
 * Every object literal of a source, inner ones first. It knows texts, comments, patterns and brackets, which is enough to find the members
 * of a schema; what only looks like an object has no members that anybody would ask for.
 */
export function objectLiterals(source: string): ObjectLiteral[] {
  const found: ObjectLiteral[] = []
  const frames: Frame[] = []
  for (let at = 0; at < source.length; at += 1) {
    const skipped = skip(source, at)
    const top = frames.at(-1)
    if (skipped > at) {
      if (top?.expectsKey === true && /['"]/.test(source[at] as string)) beginMember(top, source, at)
      at = skipped - 1
      continue
    }
    const sign = source[at] as string
    if ('([{'.includes(sign)) frames.push(frameOf(sign, source, at))
    else if (')]}'.includes(sign)) {
      frames.pop()
      if (top?.bracket !== '{' || sign !== '}') continue
      endMember(top, source, at)
      found.push({ ...top.literal, to: at + 1 })
    } else if (sign === ',' && top?.bracket === '{') {
      endMember(top, source, at)
      top.expectsKey = true
    } else if (top?.expectsKey === true && /\S/.test(sign)) at = beginMember(top, source, at)
  }
  return found
}

function frameOf(bracket: string, source: string, at: number): Frame {
  const callee = /([\w$.]+)\(\s*$/.exec(source.slice(Math.max(0, at - 80), at))?.[1]
  return { bracket, literal: { from: at, callee, members: [], spreads: false }, key: undefined, expectsKey: bracket === '{' }
}

const KEY = /(?:([\p{ID_Start}$_][\p{ID_Continue}$]*|\d+)|'([^'\\\n]*)'|"([^"\\\n]*)")(\s*:)?/uy

/** Where reading goes on; a key without a colon stands for itself. */
function beginMember(frame: Frame, source: string, at: number): number {
  frame.expectsKey = false
  if (source.startsWith('...', at)) {
    frame.literal.spreads = true
    return at + 2
  }
  KEY.lastIndex = at
  const [whole, bare, single, double, colon] = KEY.exec(source) ?? []
  if (whole === undefined) return at
  const end = at + whole.length
  frame.key = { name: bare ?? single ?? double ?? '', from: at, value: colon === undefined ? at : end }
  return end - 1
}

function endMember(frame: Frame, source: string, at: number): void {
  const { key } = frame
  frame.key = undefined
  if (key === undefined) return
  const text = source.slice(key.value, at)
  const from = key.value + (text.length - text.trimStart().length)
  frame.literal.members.push({ name: key.name, from: key.from, value: { from, to: from + text.trim().length } })
}

/** Behind a text, a comment or a pattern that begins here; here, if none does. */
function skip(source: string, at: number): number {
  const sign = source[at]
  if (sign === "'" || sign === '"' || sign === '`') return behind(source, at, new RegExp(`(?:\\\\[\\s\\S]|[^\\\\${sign}])*${sign}`, 'y'))
  if (sign !== '/') return at
  if (source[at + 1] === '/') return behind(source, at, /[^\n]*/y)
  if (source[at + 1] === '*') return behind(source, at, /[\s\S]*?\*\//y)
  // A slash behind a value divides; a pattern stands where a value may begin.
  const before = /\S(?=\s*$)/.exec(source.slice(Math.max(0, at - 200), at))?.[0] ?? '('
  return '(,=:[!&|?{};+'.includes(before) || before === '>' ? behind(source, at, /(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\\/\n[])+\/[a-z]*/y) : at
}

function behind(source: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at + 1
  return pattern.test(source) ? pattern.lastIndex : source.length
}
