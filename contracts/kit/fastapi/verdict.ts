import type * as z from 'zod'
import { type Context, messageOf } from './messages.ts'

/** What pydantic raises about one value. */
export interface Verdict {
  type: string
  /** @default the sentence that goes with the type */
  msg?: string
  ctx?: Context
  /** A `PydanticCustomError`: it has no page at errors.pydantic.dev. */
  custom?: true
}

export const isVerdict = (value: unknown): value is Verdict => typeof value === 'object' && value !== null && verdicts.has(value)

const verdicts = new WeakSet<object>()

/** A verdict is known by identity, so that no value can be taken for one. */
export function verdict(type: string, ctx?: Context): Verdict {
  return marked(ctx === undefined ? { type } : { type, ctx })
}

export function customVerdict(type: string, msg: string, ctx?: Context): Verdict {
  return marked(ctx === undefined ? { type, msg, custom: true } : { type, msg, ctx, custom: true })
}

function marked(made: Verdict): Verdict {
  verdicts.add(made)
  return made
}

export const sentence = ({ type, msg, ctx }: Verdict): string => msg ?? messageOf(type, ctx)

/** Lets a verdict travel as a zod issue, worded the same wherever it is shown. */
export function raise(payload: z.core.ParsePayload, inst: z.core.$ZodType, said: Verdict): z.core.ParsePayload {
  payload.issues.push({ code: 'custom', input: payload.value, inst, message: sentence(said), params: { pydantic: said } })
  return payload
}

export function verdictIn(issue: z.core.$ZodIssue): Verdict | undefined {
  return issue.code === 'custom' && isVerdict(issue.params?.pydantic) ? issue.params.pydantic : undefined
}
