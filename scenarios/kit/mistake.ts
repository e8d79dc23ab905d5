import type * as z from 'zod'

/** Something wrong with what a person wrote, and where. */
export interface Mistake {
  path: readonly PropertyKey[]
  message: string
}

/** The issues of a schema as mistakes. Of several shapes that would do, the one that came nearest has the word. */
export function mistakesOf(issues: readonly z.core.$ZodIssue[]): Mistake[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return [{ path: [...issue.path, issue.keys[0] ?? ''], message: issue.message }]
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path: issue.path, message: issue.message }]
    const branches = issue.errors.map((errors) => mistakesOf(errors))
    const nearest = branches.toSorted((one, other) => depth(other) - depth(one))[0] ?? []
    return nearest.map(({ path, message }) => ({ path: [...issue.path, ...path], message }))
  })
}

const depth = (mistakes: readonly Mistake[]): number => Math.max(0, ...mistakes.map(({ path }) => path.length))
