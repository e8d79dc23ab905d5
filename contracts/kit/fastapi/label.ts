import type * as z from 'zod'
import { globalRegistry } from 'zod'
import type { Dialect } from './dialect.ts'
import { enumDefOf } from './enum.ts'
import { laxDefOf } from './lax.ts'
import { repr } from './python-repr.ts'

/** How pydantic names a type where it tells one branch of a union from the others: `list[int]`, `Cat`, `constrained-str`. */
export function labelOf(schema: z.core.$ZodType): string {
  const { _zod } = schema as z.core.$ZodTypes
  switch (_zod.def.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return scalar(schema)
    case 'literal':
      return `literal[${_zod.def.values.map(repr).join(',')}]`
    case 'enum':
      return enumLabel(schema)
    case 'array':
      return `list[${labelOf(_zod.def.element)}]`
    case 'record':
      return `dict[${labelOf(_zod.def.keyType)},${labelOf(_zod.def.valueType)}]`
    case 'union':
      return `union[${_zod.def.options.map(labelOf).join(',')}]`
    case 'nullable':
      return `nullable[${labelOf(_zod.def.innerType)}]`
    case 'object':
      return modelName(schema)
    case 'null':
      return 'none'
    default:
      return 'innerType' in _zod.def ? labelOf(_zod.def.innerType) : 'any'
  }
}

/** A name given by `.meta({ id: 'Cat' })`, or by a title where the id has to be another. */
function modelName(schema: z.core.$ZodType): string {
  const meta = globalRegistry.get(schema as z.ZodType)
  return meta?.title ?? meta?.id ?? 'Model'
}

const PLAIN: Readonly<Record<string, string>> = { string: 'str', number: 'float', boolean: 'bool' }
const EMAIL = 'function-after[_validate(), str]'

function scalar(schema: z.core.$ZodType): string {
  const { type, checks } = schema._zod.def
  const name = laxDefOf(schema)?.python ?? PLAIN[type] ?? type
  if (name === 'email') return EMAIL
  return checks === undefined || checks.length === 0 ? name : `constrained-${name}`
}

function enumLabel(schema: z.core.$ZodType): string {
  const def = enumDefOf(schema)
  return LABELS[def?.dialect ?? '2.9'](def?.class ?? 'Enum')
}

/** 2.5 has no validator for enums of its own and shows the chain of functions that does the work. */
const LABELS: Readonly<Record<Dialect, (name: string) => string>> = {
  '2.5': (name) =>
    `lax-or-strict[lax=chain[str,function-plain[to_enum()]],strict=json-or-python[json=function-after[to_enum(), str],python=is-instance[${name}]]]`,
  '2.9': (name) => `str-enum[${name}]`,
}
