import type * as z from 'zod'
import { nearest } from '../nearest.ts'
import { plausible } from '../plausible.ts'
import { unwrapped } from '../schema-step.ts'
import { reach, schemaAt } from './differences.ts'
import { meant } from './look-alikes.ts'
import { isSecret } from './masked.ts'
import { isUnfilled } from './unfilled.ts'
import { withoutSecrets } from './without-secrets.ts'

type Path = readonly PropertyKey[]
type Members = Record<PropertyKey, unknown>

/** What is written in place of a secret that no example has. */
export const INSTEAD = 'secret'

/** What is wrong may hide what else is wrong. */
const ROUNDS = 12

/**
 * A value with as little changed as its schema allows: a name or a word that only looks right is put right, what is missing or wrong comes from the
 * example, what is not taken goes. Nothing where no value would do.
 */
export function repair(schema: z.ZodType, value: unknown, example: unknown): { value: unknown } | undefined {
  const repaired = structuredClone(value)
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = schema.safeParse(repaired)
    if (outcome.success) {
      const clean = secretsReplaced(schema, repaired, example)
      if (schema.safeParse(clean).success) return { value: clean }
      break
    }
    const paths = outcome.error.issues.flatMap((issue) => placesOf(issue, []))
    if (paths.some(({ path }) => path.length === 0)) break
    for (const place of paths) mend(schema, repaired, example, place)
  }
  for (const last of [example, plausible(schema, 'text')]) if (schema.safeParse(last).success) return { value: last }
  return undefined
}

interface Wrong {
  path: Path
  unknown: boolean
}

function placesOf(issue: z.core.$ZodIssue, before: Path): Wrong[] {
  const path = [...before, ...issue.path]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], unknown: true }))
  if (issue.code === 'invalid_union' && issue.errors.length === 1) return (issue.errors[0] ?? []).flatMap((inner) => placesOf(inner, path))
  return [{ path, unknown: false }]
}

function mend(schema: z.ZodType, root: unknown, example: unknown, { path, unknown }: Wrong): void {
  const name = path.at(-1) as PropertyKey
  const parent = reach(root, path.slice(0, -1)).value
  if (typeof parent !== 'object' || parent === null) return
  if (unknown) return void rename(schema, parent as Members, path)
  const here = schemaAt(schema, path)
  const { value, there } = reach(root, path)
  const candidates = [there ? looksLike(value) : slip(here, parent as Members, schemaAt(schema, path.slice(0, -1)), String(name)), reach(example, path).value]
  const good = candidates.find((one) => one !== undefined && takes(here, one))
  if (good !== undefined) return put(parent as Members, name, structuredClone(good))
  if (here === undefined || (there && here._zod.optin !== undefined && !Array.isArray(parent))) return void delete (parent as Members)[name]
  put(parent as Members, name, plausible(here, 'text'))
}

/** A member under a name that is not known goes where it was meant to, if nothing is there. */
function rename(schema: z.ZodType, parent: Members, path: Path): void {
  const name = path.at(-1) as string
  const value = parent[name]
  delete parent[name]
  const shape = shapeOf(schemaAt(schema, path.slice(0, -1)))
  const better =
    name.length > 64
      ? undefined
      : nearest(
          meant(name),
          Object.keys(shape).filter((one) => !Object.hasOwn(parent, one)),
        )
  if (better !== undefined && takes(shape[better], value)) put(parent, better, value)
}

/** The value of a member whose name is near to the one that is missing. */
function slip(here: z.core.$ZodType | undefined, parent: Members, schema: z.core.$ZodType | undefined, name: string): unknown {
  const shape = shapeOf(schema)
  const other = Object.keys(parent).find((one) => one.length <= 64 && !Object.hasOwn(shape, one) && nearest(meant(one), [name]) !== undefined)
  if (other === undefined || !takes(here, parent[other])) return undefined
  const value = parent[other]
  delete parent[other]
  return value
}

const looksLike = (value: unknown): unknown => (typeof value === 'string' && meant(value) !== value ? meant(value) : undefined)

const takes = (schema: z.core.$ZodType | undefined, value: unknown): boolean => schema !== undefined && (schema as z.ZodType).safeParse(value).success

function shapeOf(schema: z.core.$ZodType | undefined): Readonly<Record<string, z.core.$ZodType>> {
  const def = schema && ((unwrapped(schema) as z.core.$ZodTypes)._zod.def as z.core.$ZodTypes['_zod']['def'])
  return def?.type === 'object' ? def.shape : {}
}

/** Not by assignment: a member may be called `__proto__`. */
function put(object: Members, name: PropertyKey, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}

/** A client's secret may be a real one: the example's stands in for it, at any depth, and where nobody knows the member, too. */
function secretsReplaced(schema: z.ZodType, value: unknown, example: unknown, path: Path = []): unknown {
  if (typeof value === 'string') return withoutSecrets(value, INSTEAD)
  if (typeof value !== 'object' || value === null) return value
  for (const name of Object.keys(value)) {
    // A body of another kind, read as a form, is all name.
    if (withoutSecrets(name) !== name) {
      delete (value as Members)[name]
      continue
    }
    const at = [...path, Array.isArray(value) ? Number(name) : name]
    const member = (value as Members)[name]
    const here = schemaAt(schema, at)
    const secret = typeof member === 'string' && !isUnfilled(member) && isSecret(here, name)
    put(
      value as Members,
      name,
      secret ? (reach(example, at).value ?? (here && plausible(here, INSTEAD)) ?? INSTEAD) : secretsReplaced(schema, member, example, at),
    )
  }
  return value
}
