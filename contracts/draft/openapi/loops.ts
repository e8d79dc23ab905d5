import type { DraftSchema, DraftShapes } from '../draft.ts'

/** Shapes that are nothing but one another would ask each other for ever: where such a loop closes, anything is taken. */
export function withoutLoops(shapes: DraftShapes, note: (text: string) => void): DraftShapes {
  const cut: Record<string, DraftSchema> = { ...shapes }
  for (const name of Object.keys(cut)) {
    if (!loops(name, cut)) continue
    note(`${name} is nothing but itself: anything is taken`)
    cut[name] = { kind: 'anything' }
  }
  return cut
}

function loops(name: string, shapes: DraftShapes): boolean {
  const seen = new Set<string>()
  const open = atOnce(shapes[name])
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === name) return true
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...atOnce(shapes[next]))
  }
  return false
}

/** The shapes that a value must be held against itself, not in one of its members. */
function atOnce(schema: DraftSchema | undefined): string[] {
  if (schema?.kind === 'named') return [schema.name]
  return schema?.kind === 'either' ? schema.options.flatMap(atOnce) : []
}
