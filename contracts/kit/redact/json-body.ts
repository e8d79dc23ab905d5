import type { Eraser, Spot } from './eraser.ts'
import { type JsonMember, type JsonNode, readTrees } from './json-tree.ts'
import { itemSchemas, markOf, memberSchemas, type Schemas } from './marks.ts'
import { judgeName } from './secret-name.ts'
import { step } from './tally.ts'

/** What surrounds a value on its way down. */
interface Around extends Spot {
  schemas: Schemas
  /** Everything from here on is secret. */
  marked: boolean
  /** The nearest named container says that values in it are secret. */
  within: boolean
  /** The body was cut. */
  cut: boolean
}

/** Rewrites the strings and numbers of a JSON text that must not stay; all else stays to the letter. Nothing if the text is no JSON at all. */
export function redactJson(text: string, eraser: Eraser, spot: Spot, schemas: Schemas = [], cut = false): string | undefined {
  const { trees, end } = readTrees(text)
  if (trees.length === 0) return undefined
  if (end < text.length && !(trees.some(isContainer) && end > text.length / 2)) return undefined
  const pieces: Pieces = { text, made: [], done: 0 }
  const marked = markOf(schemas) === true
  for (const tree of trees) walk(tree, { ...spot, schemas, marked, within: false, cut }, eraser, pieces)
  const rest = text.slice(Math.max(end, pieces.done))
  return pieces.made.join('') + text.slice(pieces.done, Math.max(end, pieces.done)) + (rest === '' ? '' : eraser.text(rest, spot))
}

const isContainer = ({ kind }: JsonNode): boolean => kind === 'object' || kind === 'list'

interface Pieces {
  text: string
  made: string[]
  done: number
}

function walk(node: JsonNode, around: Around, eraser: Eraser, pieces: Pieces): void {
  if (node.kind === 'string') return rewrite(node, stringOf(node, around, eraser), pieces)
  if (node.kind === 'literal') return put(node, /^-?\d/.test(node.value) ? eraser.number(node.value, around, around.marked) : node.value, pieces)
  for (const [at, item] of node.items.entries()) {
    const schemas = itemSchemas(around.schemas, at)
    walk(item, { ...around, place: `${around.place}/*`, schemas, marked: around.marked || markOf(schemas) === true }, eraser, pieces)
  }
  const told = toldSecret(node.members)
  for (const { key, value } of node.members) {
    const schemas = memberSchemas(around.schemas, key.value)
    const mark = markOf(schemas)
    const name = eraser.text(key.value, { place: `${around.place}/*` })
    rewrite(key, name, pieces)
    const held = mark === false || (around.within && VALUE.test(key.value)) || (told && VALUE.test(key.value))
    walk(
      value,
      {
        ...around,
        place: `${around.place}/${name === key.value ? step(name) : '*'}`,
        name: mark === false ? undefined : key.value,
        schemas,
        marked: around.marked || mark === true || (mark !== false && held && value.kind === 'string'),
        within: holdsSecrets(key.value, value),
      },
      eraser,
      pieces,
    )
  }
}

/** What an entry calls its value, where another member says what the entry is: `{"name": "API_KEY", "value": "…"}`; or what a refusal of FastAPI's repeats. */
const VALUE = /^(?:value|val|\w*_value|values|raw|plain|plaintext|data|content|text|current|previous|default|old|new|input|given|actual)$/i
const TITLE = /^(?:key|name|field|header|variable|param|parameter|setting|label|id|\w+_key|\w+_name)$/i

function toldSecret(members: readonly JsonMember[]): boolean {
  return members.some(({ key, value }) => {
    if (value.kind === 'list') return key.value === 'loc' && isSecretName(value.items.findLast(({ kind }) => kind === 'string')?.value ?? '')
    return value.kind === 'string' && TITLE.test(key.value) && isSecretName(value.value)
  })
}

const isSecretName = (name: string): boolean => name.length <= 64 && ['secret', 'code'].includes(judgeName(name) ?? '')

const holdsSecrets = (name: string, { kind }: JsonNode): boolean => kind === 'object' && isSecretName(name)

function stringOf(node: JsonNode, around: Around, eraser: Eraser): string {
  // Half a secret looks like none.
  if (node.open && around.cut) return ''
  if (around.marked) return eraser.secret(node.value, around)
  return around.name === undefined ? eraser.text(node.value, around) : eraser.named(node.value, around)
}

function rewrite(node: JsonNode, made: string, pieces: Pieces): void {
  if (made === node.value) return
  const quoted = JSON.stringify(made)
  put(node, node.open ? quoted.slice(0, -1) : quoted, pieces)
}

function put({ start, end, value }: JsonNode, made: string, pieces: Pieces): void {
  if (made === value) return
  pieces.made.push(pieces.text.slice(pieces.done, start), made)
  pieces.done = end
}
