import * as z from 'zod'
import { didYouMean } from './nearest.ts'

/**
 * An object that takes no member it does not name, and says which one was probably meant: for everything that a user writes.
 *
 * @example
 * import * as z from 'zod'
 * import { strict } from './strict.ts'
 *
 * strict({ limit: z.int() }).safeParse({ limt: 5 }).error?.issues[1]?.message // 'unknown name "limt". Did you mean "limit"?'
 */
export function strict<const Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownNames(issue.keys as string[], Object.keys(shape)) : undefined),
  })
}

function unknownNames(names: readonly string[], known: readonly string[]): string {
  if (names.length > 1) return `unknown names ${names.map((name) => JSON.stringify(name)).join(', ')}. ${choices(known)}`
  const [name = ''] = names
  return `unknown name ${JSON.stringify(name)}.${didYouMean(name, known) || ` ${choices(known)}`}`
}

const choices = (known: readonly string[]): string => (known.length === 0 ? 'There are none to give.' : `There are ${known.join(', ')}.`)
