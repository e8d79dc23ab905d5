import type { DraftSchema, DraftShapes } from './draft.ts'

/** A shape by its name; one that nobody drew may be anything. */
export function shapeOf(shapes: DraftShapes, name: string): DraftSchema {
  return (Object.hasOwn(shapes, name) ? shapes[name] : undefined) ?? { kind: 'anything' }
}

/** The shapes that one leads to. */
export function reachesIn(shapes: DraftShapes): (name: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const found = new Set<string>()
    const open = [name]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const one of namesWithin(shapeOf(shapes, next))) {
        if (found.has(one)) continue
        found.add(one)
        open.push(one)
      }
    }
    known.set(name, found)
    return found
  }
}

/** The shapes that a schema names itself. */
export function namesWithin(schema: DraftSchema): string[] {
  switch (schema.kind) {
    case 'named':
      return [schema.name]
    case 'object':
      return Object.values(schema.members).flatMap(({ schema }) => namesWithin(schema))
    case 'list':
    case 'map':
      return namesWithin(schema.of)
    case 'either':
      return schema.options.flatMap(namesWithin)
    default:
      return []
  }
}
