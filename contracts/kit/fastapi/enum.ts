import type * as z from 'zod'
import { ZodEnum } from 'zod'
import * as core from 'zod/v4/core'
import type { Dialect } from './dialect.ts'
import { alternatives } from './python-repr.ts'
import { customVerdict, raise, type Verdict, verdict } from './verdict.ts'

/** What the definition of an `Enum` has besides zod's own. */
export interface EnumDef {
  /** The class's name: unions put it into the `loc` of their branches. */
  class: string
  dialect: Dialect
}

type Def = z.core.$ZodEnumDef & EnumDef

const PythonEnum = core.$constructor<z.ZodEnum, Def>('PythonEnum', (inst, def) => {
  ZodEnum.init(inst, def)
  const values = new Set<unknown>(Object.values(def.entries))
  inst._zod.parse = (payload) => (values.has(payload.value) ? payload : raise(payload, inst, refusal(payload.value, [...values], def.dialect)))
})

/** `class Colour(str, Enum)`; a value of it where pydantic says `enum`, where a `Literal` would say `literal_error`. */
export function pythonEnum<const Values extends readonly [string, ...string[]]>(
  values: Values,
  { class: name, dialect }: EnumDef,
): z.ZodEnum<{ [Value in Values[number]]: Value }> {
  const entries = Object.fromEntries(values.map((value) => [value, value]))
  return new PythonEnum({ type: 'enum', entries, class: name, dialect }) as unknown as z.ZodEnum<{ [Value in Values[number]]: Value }>
}

/** Pydantic 2.5 reads a string first and complains in Python, where errors have no page; 2.9 does both at once. */
function refusal(value: unknown, values: readonly unknown[], dialect: Dialect): Verdict {
  const expected = alternatives(values)
  if (dialect === '2.9') return verdict('enum', { expected })
  return typeof value === 'string' ? customVerdict('enum', `Input should be ${expected}`, { expected }) : verdict('string_type')
}

export function enumDefOf(schema: z.core.$ZodType): EnumDef | undefined {
  const def = schema._zod.def as Partial<EnumDef>
  return def.class === undefined ? undefined : (def as EnumDef)
}
