import * as z from 'zod'
import { once } from '../kit/contract.ts'
import { py } from '../kit/fastapi.ts'
import type { CallCode, Code } from './code.ts'
import type { DraftSchema, DraftShapes } from './draft.ts'
import { type Reading, schemaCode } from './print-schema.ts'
import { shapeOf } from './shapes.ts'

/** The very schema whose expression would be printed: for asking whether a default or an example keeps it. */
export function evaluate(schema: DraftSchema, { shapes, pydantic, reading }: { shapes: DraftShapes; pydantic: boolean; reading: Reading }): z.ZodType {
  const known = new Map<string, () => z.ZodType>()
  const options = { shapes, pydantic, reading, refer: (name: string) => ({ name, lazy: true }) }
  const named = (name: string): (() => z.ZodType) => {
    const shape = known.get(name) ?? once(() => made(schemaCode(shapeOf(shapes, name), options), named) as z.ZodType)
    known.set(name, shape)
    return shape
  }
  return made(schemaCode(schema, options), named) as z.ZodType
}

type Scope = (name: string) => unknown
type Callable = Record<string, (...args: unknown[]) => unknown>

function made(code: Code, scope: Scope): unknown {
  if (typeof code === 'string') return scope(code)
  switch (code.kind) {
    case 'leaf':
      return code.value
    case 'object':
      return Object.fromEntries(code.members.map(({ name, value }) => [name, made(value, scope)]))
    case 'list':
      return code.items.map((item) => made(item, scope))
    case 'arrow':
      return () => made(code.body, scope)
    case 'call':
      return resultOf(code, scope)
  }
}

const MODULES: Readonly<Record<string, unknown>> = { z, py, RegExp }

function resultOf({ callee, args, chain }: CallCode, scope: Scope): unknown {
  const path = callee.split('.')
  const last = path.pop() as string
  const holder = path.reduce((holder, step) => (holder as Record<string, unknown>)[step], MODULES as unknown) as Callable
  return [{ name: last, args }, ...chain].reduce((upon, { name, args }) => upon[name]?.(...args.map((arg) => made(arg, scope))) as Callable, holder) as unknown
}
