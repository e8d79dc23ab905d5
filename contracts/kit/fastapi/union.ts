import type * as z from 'zod'
import { ZodDiscriminatedUnion, ZodUnion } from 'zod'
import * as core from 'zod/v4/core'
import { type Fit, fitOf, fitsBetter, isOfType } from './fit.ts'
import { labelOf } from './label.ts'

/** An `invalid_union` that says which branch each list of issues is of. */
export interface LabelledUnion {
  labels: readonly string[]
}

type Payload = z.core.ParsePayload
type Context = z.core.ParseContextInternal

/** Takes the branch that fits best, as pydantic's smart mode does, where zod takes the first that fits at all. */
const SmartUnion = core.$constructor<z.ZodUnion>('SmartUnion', (inst, def) => {
  ZodUnion.init(inst, def)
  inst._zod.parse = (payload, context) => {
    for (const option of def.options) {
      if (!isOfType(option, payload.value)) continue
      const result = run(option, payload.value, context)
      if (result.issues.length === 0) return result
    }
    return bestOf(def.options, payload, inst, context)
  }
})

/** Names the branch in the path of its issues, as pydantic does. */
const TaggedUnion = core.$constructor<z.ZodDiscriminatedUnion>('TaggedUnion', (inst, def) => {
  ZodDiscriminatedUnion.init(inst, def)
  const judge = inst._zod.parse
  inst._zod.parse = (payload, context) => {
    const result = judge({ value: payload.value, issues: [] }, context)
    if (result instanceof Promise) throw new core.$ZodAsyncError()
    const first = result.issues[0]
    if (first === undefined) return result
    if (first.inst === inst) payload.issues.push(...result.issues)
    else refuse(payload, inst, context, [[String((payload.value as Record<string, unknown>)[def.discriminator]), result]])
    return payload
  }
})

export function smartUnion<Options extends readonly z.ZodType[]>(options: Options): z.ZodUnion<Options> {
  return new SmartUnion({ type: 'union', options }) as unknown as z.ZodUnion<Options>
}

export function taggedUnion<Options extends readonly z.ZodObject[], Name extends string>(
  discriminator: Name,
  options: Options,
): z.ZodDiscriminatedUnion<Options, Name> {
  return new TaggedUnion({ type: 'union', options, discriminator, inclusive: false }) as unknown as z.ZodDiscriminatedUnion<Options, Name>
}

export const labelsOf = (issue: z.core.$ZodIssue): readonly string[] | undefined => (issue as Partial<LabelledUnion>).labels

function bestOf(options: readonly z.core.$ZodType[], payload: Payload, inst: z.core.$ZodType, context: Context): Payload {
  const refused: [z.core.$ZodType, Payload][] = []
  let best: { fit: Fit; value: unknown } | undefined
  for (const option of options) {
    const result = run(option, payload.value, context)
    if (result.issues.length > 0) {
      refused.push([option, result])
      continue
    }
    const fit = fitOf(option, payload.value)
    if (best === undefined || fitsBetter(fit, best.fit)) best = { fit, value: result.value }
    if (fit.exactness === 2 && fit.fields === undefined) break
  }
  if (best === undefined)
    return refuse(
      payload,
      inst,
      context,
      refused.map(([option, result]) => [labelOf(option), result]),
    )
  payload.value = best.value
  return payload
}

function run(option: z.core.$ZodType, value: unknown, context: Context): Payload {
  const result = option._zod.run({ value, issues: [] }, context)
  if (result instanceof Promise) throw new core.$ZodAsyncError()
  return result
}

function refuse(payload: Payload, inst: z.core.$ZodType, context: Context, branches: readonly [string, Payload][]): Payload {
  const errors = branches.map(([, { issues }]) => issues.map((issue) => core.util.finalizeIssue(issue, context, core.config())))
  payload.issues.push({ code: 'invalid_union', input: payload.value, inst, errors, labels: branches.map(([label]) => label) })
  return payload
}
