import * as z from 'zod'
import { ZodBoolean, ZodNumber, ZodString } from 'zod'
import type { Dialect } from './dialect.ts'
import { laxBool } from './lax-bool.ts'
import { laxDate, laxDatetime } from './lax-date.ts'
import { laxEmail } from './lax-email.ts'
import { laxFloat, laxInt } from './lax-number.ts'
import { laxUuid } from './lax-uuid.ts'
import { isVerdict, raise, type Verdict } from './verdict.ts'

/** Extra members of a zod definition; they survive `.min()`, `.describe()` and every other clone. */
interface Lax {
  dialect: Dialect
}

type Reading = (value: unknown, dialect: Dialect) => unknown | Verdict

/** Puts pydantic's reading in place of zod's; checks, JSON Schema and types stay those of the zod type. */
function readAs(inst: z.core.$ZodType, read: Reading, dialect: Dialect): void {
  inst._zod.parse = (payload) => {
    const value = read(payload.value, dialect)
    if (isVerdict(value)) return raise(payload, inst, value)
    payload.value = value
    return payload
  }
}

const LaxInt = z.core.$constructor<z.ZodNumber, z.core.$ZodNumberDef & Lax>('LaxInt', (inst, def) => {
  ZodNumber.init(inst, def)
  inst._zod.bag.format = 'int'
  readAs(inst, laxInt, def.dialect)
})

const LaxFloat = z.core.$constructor<z.ZodNumber, z.core.$ZodNumberDef & Lax>('LaxFloat', (inst, def) => {
  ZodNumber.init(inst, def)
  readAs(inst, laxFloat, def.dialect)
})

const LaxBool = z.core.$constructor<z.ZodBoolean, z.core.$ZodBooleanDef & Lax>('LaxBool', (inst, def) => {
  ZodBoolean.init(inst, def)
  readAs(inst, (value) => (typeof value === 'boolean' ? value : laxBool(value)), def.dialect)
})

const LaxDatetime = laxText('LaxDatetime', 'date-time', laxDatetime)
const LaxDate = laxText('LaxDate', 'date', laxDate)
const LaxUuid = laxText('LaxUuid', 'uuid', laxUuid)
const LaxEmail = laxText('LaxEmail', 'email', laxEmail)

function laxText(name: string, format: string, read: Reading) {
  return z.core.$constructor<z.ZodString, z.core.$ZodStringDef & Lax>(name, (inst, def) => {
    ZodString.init(inst, def)
    inst._zod.bag.format = format
    readAs(inst, read, def.dialect)
  })
}

export const laxInteger = (dialect: Dialect): z.ZodNumber => new LaxInt({ type: 'number', checks: [], dialect })
export const laxNumber = (dialect: Dialect): z.ZodNumber => new LaxFloat({ type: 'number', checks: [], dialect })
export const laxBoolean = (dialect: Dialect): z.ZodBoolean => new LaxBool({ type: 'boolean', dialect })
export const laxDatetimeString = (dialect: Dialect): z.ZodString => new LaxDatetime({ type: 'string', dialect })
export const laxDateString = (dialect: Dialect): z.ZodString => new LaxDate({ type: 'string', dialect })
export const laxUuidString = (dialect: Dialect): z.ZodString => new LaxUuid({ type: 'string', dialect })
export const laxEmailString = (dialect: Dialect): z.ZodString => new LaxEmail({ type: 'string', dialect })
