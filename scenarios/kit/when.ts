import * as z from 'zod'
import { once } from '../../contracts/kit/contract.ts'
import { strict } from '../../contracts/kit/strict.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const oneOrMany = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1)])
const scalar = () => z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What one value has to be: equal to a scalar, or as a pattern says. */
const expected = once(() =>
  z.union([
    scalar(),
    strict({
      matches: z.string().refine(isRegExp, 'is no regular expression').optional().describe('a regular expression that is found in it'),
      one_of: z.array(scalar()).min(1).optional().describe('equal to one of these'),
      exists: z.boolean().optional().describe('whether it is there at all'),
    }),
  ]),
)
const members = (what: string) => z.record(z.string(), expected()).optional().describe(what)

/** Which exchanges a rule is about; all that is said must hold. */
export const when = once(() =>
  strict({
    service: oneOrMany(z.string()).optional().describe('its name in the contracts, e.g. alert'),
    operation: oneOrMany(z.string()).optional().describe('its name in the contract, e.g. createAlert'),
    method: oneOrMany(z.enum(METHODS)).optional().describe('the method, or several'),
    path: z.string().startsWith('/').optional().describe('the path as it is asked, without the query; * stands for any text'),
    query: members('members of the query'),
    headers: members('headers, whatever their case'),
    body: members('members of the JSON body; a dot leads into an object'),
    callback: z.literal(true).optional().describe('the callbacks that the fake makes, instead of the requests that it gets'),
    any: z.literal(true).optional().describe('every request; to be said where nothing else is'),
  }),
)

export type When = z.output<ReturnType<typeof when>>
export type WhenInput = z.input<ReturnType<typeof when>>
export type Expected = z.output<ReturnType<typeof expected>>

function isRegExp(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
