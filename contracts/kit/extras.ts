import type * as z from 'zod'

/** JSON pointers to the members of a JSON body that its schema does not name. */
export function unknownMembers(schema: z.ZodType | undefined, body: Buffer): string[] {
  if (schema === undefined || body.length === 0) return []
  try {
    return [...walk(schema, JSON.parse(body.toString('utf8')), '')]
  } catch {
    return []
  }
}

type Def = {
  type: string
  innerType?: z.core.$ZodType
  in?: z.core.$ZodType
  out?: z.core.$ZodType
  element?: z.core.$ZodType
  shape?: Record<string, z.core.$ZodType>
  catchall?: z.core.$ZodType
}

function* walk(schema: z.core.$ZodType, value: unknown, pointer: string): Generator<string> {
  const def = schema._zod.def as unknown as Def
  const inner = def.innerType ?? (def.type === 'pipe' ? innerOf(def) : undefined)
  if (inner !== undefined) return yield* walk(inner, value, pointer)
  if (def.type === 'array' && Array.isArray(value) && def.element) {
    for (const [at, item] of value.entries()) yield* walk(def.element, item, `${pointer}/${at}`)
  }
  if (def.type === 'object' && def.shape && def.catchall === undefined && isRecord(value)) {
    for (const [name, member] of Object.entries(value)) {
      const here = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const known = Object.hasOwn(def.shape, name) ? def.shape[name] : undefined
      if (known === undefined) yield here
      else yield* walk(known, member, here)
    }
  }
}

/** A pipe that starts with a transform takes what its other end takes. */
function innerOf(def: Def): z.core.$ZodType | undefined {
  const first = def.in?._zod.def as { type: string } | undefined
  return first?.type === 'transform' ? def.out : def.in
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
