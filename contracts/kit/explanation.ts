import * as z from 'zod'
import { once } from './contract.ts'

const difference = once(() =>
  z.strictObject({
    /** A JSON pointer into the body. */
    pointer: z.string(),
    change: z.enum(['missing', 'unexpected', 'wrong']),
    /** Whether the request was refused for it; a member that nobody knows is often only read over. */
    refused: z.boolean(),
    /** What would have been taken, in words; null where nothing was expected. */
    expected: z.string().nullable(),
    /** What came, what cannot be seen made visible; null where nothing came. */
    got: z.string().nullable(),
    /** What would help, or what the eye misses. */
    hint: z.string().nullable(),
  }),
)

const criterion = once(() =>
  z.strictObject({
    part: z.enum(['service', 'method', 'path', 'credential', 'content-type', 'header', 'query', 'body']),
    met: z.boolean(),
    /** What the operation asks. */
    expected: z.string(),
    /** What came; null where nothing came. */
    got: z.string().nullable(),
    /** What would help, where it is not met and can be told. */
    hint: z.string().nullable(),
  }),
)

const candidate = once(() =>
  z.strictObject({
    service: z.string(),
    operation: z.string(),
    method: z.string(),
    path: z.string(),
    /** 0 is a request that the operation would have taken, 1 one that has nothing in common with it. */
    distance: z.number().min(0).max(1),
    /** In the order in which they are looked at. */
    criteria: z.array(criterion()),
    /** How the body differs from what is taken; empty where it does not, or where there is none. */
    body: z.array(difference()),
  }),
)

/** Why a request was refused, and what would have been taken. */
export const explanation = once(() =>
  z.strictObject({
    problem: z.string(),
    /** In one line. */
    told: z.string(),
    /** The operations that it may have been meant for, the nearest first. */
    nearest: z.array(candidate()),
    /** A command line that would have been answered, after `eval "$(mock-suite env --format shell)"`; null where none can be made. */
    curl: z.string().nullable(),
    /** All of it for people, as plain text. */
    text: z.string(),
  }),
)

export type Explanation = z.output<ReturnType<typeof explanation>>
export type Candidate = z.output<ReturnType<typeof candidate>>
export type Criterion = z.output<ReturnType<typeof criterion>>
export type Difference = z.output<ReturnType<typeof difference>>
