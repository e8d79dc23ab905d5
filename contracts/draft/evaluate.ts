import * as z from 'zod'
import { once } from '../kit/contract.ts'
import { py } from '../kit/fastapi.ts'
import type { CallCode, Code } from './code.ts'
import type { DraftSchema, DraftShapes } from './draft.ts'
import { type Reading, schemaCode } from './print-schema.ts'
import { shapeOf } from './shapes.ts'

/** The very schema whose expression would be printed. */
export function evaluate(schema: DraftSchema, { shapes, pydantic, reading }: { shapes: DraftShapes; pydantic: boolean; reading: Reading }): z.ZodType {
  return evaluator(shapes, pydantic)(schema, reading)
}

/** Makes such schemas, each shape once: for asking whether a default or an example keeps it. */
export function evaluator(shapes: DraftShapes, pydantic: boolean): (schema: DraftSchema, reading: Reading) => z.ZodType {
  const known = new Map<string, () => z.ZodType>()
  const make = (schema: DraftSchema, reading: Reading): z.ZodType => {
    const refer = (name: string) => ({ name, lazy: true })
    const named = (name: string): (() => z.ZodType) => {
      const key = `${reading} ${name}`
      const shape = known.get(key) ?? once(() => make(shapeOf(shapes, name), reading))
      known.set(key, shape)
      return shape
    }
    return made(schemaCode(schema, { shapes, pydantic, reading, refer }), named) as z.ZodType
  }
  return make
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
