/** The variables that a client sent: `null` is a value like any other, because clients send it for what they do not know. */
export type Variables = Readonly<Record<string, unknown>>

/**
 * Fills in a text written in the small part of Jinja that templates need: `{{ a or b }}` and `{% if a %} … {% else %} … {% endif %}`.
 * A condition holds when its variable is there and neither null, false nor an empty text. A tag alone on its line takes the line with it.
 */
export function render(source: string, variables: Variables, safe: (text: string) => string = (text) => text): string {
  return pieces(source)
    .filter(({ conditions }) => conditions.every(({ names, otherwise }) => holds(names, variables) !== otherwise))
    .map(({ text, names }) => (names === undefined ? text : safe(written(firstOf(names, variables)))))
    .join('')
}

/** What a template cannot do without: all that it prints outside of any condition, each once. */
export function needs(...sources: readonly string[]): string[] {
  const printed = sources.flatMap(pieces).filter(({ names, conditions }) => names !== undefined && conditions.length === 0)
  return [...new Set(printed.map(({ names = [] }) => names.join(' or ')))]
}

/** Which of its needs the variables leave unmet. */
export function unmet(wanted: readonly string[], variables: Variables): string[] {
  return wanted.filter((need) => !alternatives(need).some((name) => Object.hasOwn(variables, name)))
}

/** Safe between tags and between quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

interface Condition {
  names: readonly string[]
  otherwise: boolean
}

/** A stretch of text, or the names of what is to be printed, under the conditions around it. */
interface Piece {
  text: string
  names: readonly string[] | undefined
  conditions: readonly Condition[]
}

const TAG = /\{\{(.*?)\}\}|\{%\s*(if|else|endif)\b(.*?)%\}/g
const TAG_ALONE = /^[ \t]*(\{%[^\n%]*%\})[ \t]*\n/gm

const parsed = new Map<string, readonly Piece[]>()

/** A template is taken apart once: that costs more than all else that a mail needs. */
function pieces(source: string): readonly Piece[] {
  let known = parsed.get(source)
  if (known === undefined) parsed.set(source, (known = parse(source)))
  return known
}

function parse(source: string): readonly Piece[] {
  const template = source.replace(TAG_ALONE, '$1')
  const found: Piece[] = []
  let conditions: readonly Condition[] = []
  let at = 0
  for (const { 0: tag, 1: printed, 2: word, 3: condition = '', index } of template.matchAll(TAG)) {
    found.push({ text: template.slice(at, index), names: undefined, conditions })
    if (printed !== undefined) found.push({ text: '', names: alternatives(printed), conditions })
    else conditions = after(word, alternatives(condition), conditions)
    at = index + tag.length
  }
  return [...found, { text: template.slice(at), names: undefined, conditions }]
}

function after(word: string | undefined, names: readonly string[], conditions: readonly Condition[]): readonly Condition[] {
  if (word === 'if') return [...conditions, { names, otherwise: false }]
  const [outer, innermost] = [conditions.slice(0, -1), conditions.at(-1)]
  return word === 'else' && innermost !== undefined ? [...outer, { ...innermost, otherwise: true }] : outer
}

const alternatives = (expression: string): string[] => expression.trim().split(/\s+or\s+/)

function holds(names: readonly string[], variables: Variables): boolean {
  const value = firstOf(names, variables)
  return value !== null && value !== false && value !== ''
}

/** The first of the names that has something to say. */
function firstOf(names: readonly string[], variables: Variables): unknown {
  const told = names.find((name) => Object.hasOwn(variables, name) && variables[name] !== null)
  return told === undefined ? null : variables[told]
}

function written(value: unknown): string {
  if (value === null) return 'n/a'
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'n/a')
}
