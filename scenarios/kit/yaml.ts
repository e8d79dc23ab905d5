import { type Document, isMap, isNode, isPair, isSeq, LineCounter, type Node, type Pair, parseDocument, stringify } from 'yaml'

/** A place in a file, counted from 1. */
export interface Spot {
  line: number
  column: number
}

/** A YAML or JSON text, with the place of everything in it. */
export interface Yaml {
  value: unknown
  /** What is wrong with the text itself; where there is anything, the value means nothing. */
  mistakes: readonly (Spot & { message: string })[]
  /** Where a member or an item stands; the nearest one around it, if it is not there. */
  spot(path: readonly PropertyKey[]): Spot
}

/** Reads a text that a person wrote. JSON is YAML too. */
export function readYaml(text: string): Yaml {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const spotAt = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const mistakes = document.errors.map(({ message, pos }) => ({ message, ...spotAt(pos[0]) }))
  const value = mistakes.length > 0 ? undefined : contentOf(document, (message) => mistakes.push({ message, ...spotAt(0) }))
  return {
    value,
    mistakes,
    spot: (path) => spotAt(offsetOf(document.contents, path)),
  }
}

/** Aliases may mean something of any size, or each other: then there is no value. */
function contentOf(document: Document, refuse: (message: string) => void): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    refuse((error as Error).message)
    return undefined
  }
}

/** What a program has to say, for a person to read. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
}

function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root
  let offset = start(node) ?? 0
  for (const step of path) {
    const next: Pair | Node | undefined = isMap(node)
      ? node.items.find(({ key }) => nameOf(key) === String(step))
      : isSeq(node)
        ? (node.items[Number(step)] as Node)
        : undefined
    if (next === undefined) return offset
    offset = start(isPair(next) ? next.key : next) ?? offset
    node = isPair(next) ? next.value : next
  }
  return offset
}

const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined)
const nameOf = (key: unknown): string => String(isNode(key) && 'value' in key ? key.value : key)
