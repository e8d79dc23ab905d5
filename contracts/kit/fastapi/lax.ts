import type * as z from 'zod'
import { ZodBoolean, ZodNumber, ZodString } from 'zod'
import * as core from 'zod/v4/core'
import type { Dialect } from './dialect.ts'
import { laxBool } from './lax-bool.ts'
import { laxDate, laxDatetime } from './lax-date.ts'
import { laxEmail } from './lax-email.ts'
import { laxFloat, laxInt } from './lax-number.ts'
import { laxUuid } from './lax-uuid.ts'
import { isVerdict, raise } from './verdict.ts'

type LaxNumber = 'int' | 'float'
type LaxText = 'datetime' | 'date' | 'uuid' | 'email'
type LaxName = LaxNumber | LaxText | 'bool'

/** What a lax schema's definition has besides zod's own; it survives `.min()`, `.describe()` and every other clone. */
export interface LaxDef {
  python: LaxName
  dialect: Dialect
  /** An e-mail address may lie under a reserved name. */
  reserved?: boolean | undefined
}

const READINGS: Readonly<Record<LaxName, (value: unknown, dialect: Dialect, def: LaxDef) => unknown>> = {
  int: laxInt,
  float: laxFloat,
  bool: laxBool,
  datetime: laxDatetime,
  date: laxDate,
  uuid: laxUuid,
  email: (value, _, { reserved }) => laxEmail(value, { reserved }),
}

/** JSON Schema's word for each. */
const FORMATS: Readonly<Record<LaxText, string>> = { datetime: 'date-time', date: 'date', uuid: 'uuid', email: 'email' }

/** Puts pydantic's reading in place of zod's; checks, JSON Schema and types stay those of the zod type. */
function readAsPydantic(inst: z.core.$ZodType, def: LaxDef): void {
  const read = READINGS[def.python]
  inst._zod.parse = (payload) => {
    const value = read(payload.value, def.dialect, def)
    if (isVerdict(value)) return raise(payload, inst, value)
    payload.value = value
    return payload
  }
}

const Numbers = core.$constructor<z.ZodNumber, z.core.$ZodNumberDef & LaxDef>('LaxNumber', (inst, def) => {
  ZodNumber.init(inst, def)
  if (def.python === 'int') inst._zod.bag.format = 'int'
  readAsPydantic(inst, def)
})

const Texts = core.$constructor<z.ZodString, z.core.$ZodStringDef & LaxDef>('LaxText', (inst, def) => {
  ZodString.init(inst, def)
  inst._zod.bag.format = FORMATS[def.python as LaxText]
  readAsPydantic(inst, def)
})

const Booleans = core.$constructor<z.ZodBoolean, z.core.$ZodBooleanDef & LaxDef>('LaxBoolean', (inst, def) => {
  ZodBoolean.init(inst, def)
  readAsPydantic(inst, def)
})

export const laxNumber = (python: LaxNumber, dialect: Dialect): z.ZodNumber => new Numbers({ type: 'number', checks: [], python, dialect })
export const laxText = (python: LaxText, dialect: Dialect, { reserved }: Pick<LaxDef, 'reserved'> = {}): z.ZodString =>
  new Texts({ type: 'string', python, dialect, reserved })
export const laxBoolean = (dialect: Dialect): z.ZodBoolean => new Booleans({ type: 'boolean', python: 'bool', dialect })

/** The pydantic type that a schema stands for, if it is one of these. */
export function laxDefOf(schema: z.core.$ZodType): LaxDef | undefined {
  const def = schema._zod.def as Partial<LaxDef>
  return def.python === undefined ? undefined : (def as LaxDef)
}
