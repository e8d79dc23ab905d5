import { quoted } from '../../draft/literal.ts'

/** What becomes of the expression of a schema so that it takes what was seen; what clients read of it stays written on it. */
export const changedSchema = {
  /** `z.int()` → `z.int().nullable()` */
  nullable: (expression: string) => upon(expression, '.nullable()'),
  /** `z.int()` → `z.int().optional()` */
  optional: (expression: string) => upon(expression, '.optional()'),
  /** `py.optional(py.int())` → `py.int()`; nothing where it is not written here that it may be left out. */
  required(expression: string): string | undefined {
    const { schema, meta } = apart(expression)
    const wrapped = /^py\s*\.optional(\([\s\S]*\))$/.exec(schema)?.[1]
    if (wrapped !== undefined && isOneCall(wrapped)) return wrapped.slice(1, -1).trim() + meta
    const chained = /^([\s\S]*?)\s*\.(?:optional|nullish)\(\)$/.exec(schema)?.[1]
    return chained === undefined ? undefined : chained + meta
  },
  /** `z.int()` → `z.string()` */
  replaced: (expression: string, by: string) => by + apart(expression).meta,
  /** `z.enum(['a'])` → `z.enum(['a', 'b'])`; nothing where the words are not written here. */
  widened(expression: string, words: readonly string[]): string | undefined {
    const { schema, meta } = apart(expression)
    const more = words.map(quoted).join(', ')
    const written = /^(z\s*\.enum\(\s*\[[^\]]*?),?(\s*\]\s*\)[\s\S]*)$/.exec(schema)
    if (written !== null) return `${written[1]}, ${more}${written[2]}${meta}`
    const named = /^z\s*\.enum\(\s*([\w$.]+)\s*\)([\s\S]*)$/.exec(schema)
    if (named !== null) return `z.enum([...${named[1]}, ${more}])${named[2]}${meta}`
    const one = /^z\s*\.literal\(\s*('(?:[^'\\]|\\.)*')\s*\)([\s\S]*)$/.exec(schema)
    return one === null ? undefined : `z.enum([${one[1]}, ${more}])${one[2]}${meta}`
  },
}

function upon(expression: string, call: string): string {
  const { schema, meta } = apart(expression)
  return schema + call + meta
}

/** A schema, and the `.meta(…)` at its end: a wrapping would hide it if it came later. */
function apart(expression: string): { schema: string; meta: string } {
  const at = expression.search(/\s*\.meta\((?:(?!\.meta\()[\s\S])*$/)
  const meta = at === -1 ? '' : expression.slice(at)
  return meta !== '' && isOneCall(meta) ? { schema: expression.slice(0, at), meta } : { schema: expression, meta: '' }
}

/** It closes what it opens, at its very end. Brackets in texts are none. */
function isOneCall(text: string): boolean {
  const code = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '')
  let depth = 0
  for (let at = 0; at < code.length; at += 1) {
    if (code[at] === '(') depth += 1
    if (code[at] !== ')') continue
    depth -= 1
    if (depth === 0) return at === code.length - 1
  }
  return false
}
