import { fingerprint } from './fingerprint.ts'
import type { Meaning, Reading } from './meaning.ts'
import { meaningOf } from './meaning.ts'
import { kindOf, type Option } from './options.ts'

export interface Pairs {
  pairs: readonly (readonly [before: Option, after: Option])[]
  /** Those that have no counterpart, or of which nobody can say which it is. */
  lost: readonly Option[]
  gained: readonly Option[]
}

/** Which option of a schema has become which: the same one, then the one with the same tag, then the only one of its kind. */
export function paired(before: Meaning, after: Meaning, [old, young]: readonly [Reading, Reading]): Pairs {
  const pairs: [Option, Option][] = []
  let lost = before.options
  let gained = after.options
  if (lost.length > 1 || gained.length > 1) {
    match(fingerprint)
    match(tagOf)
  }
  match(kindIn)
  return { pairs, lost, gained }

  /** Pairs what has the same key, where just one of either side has it. */
  function match(keyOf: (option: Option, reading: Reading) => string | undefined): void {
    const [ones, others] = [byKey(lost, old, keyOf), byKey(gained, young, keyOf)]
    const found = [...ones].flatMap(([key, one]): [Option, Option][] => {
      const other = others.get(key)
      return one === 'several' || other === undefined || other === 'several' ? [] : [[one, other]]
    })
    pairs.push(...found)
    lost = lost.filter((option) => !found.some(([one]) => one === option))
    gained = gained.filter((option) => !found.some(([, other]) => other === option))
  }
}

function byKey(options: readonly Option[], reading: Reading, keyOf: (option: Option, reading: Reading) => string | undefined): Map<string, Option | 'several'> {
  const found = new Map<string, Option | 'several'>()
  for (const option of options) {
    const key = keyOf(option, reading)
    if (key !== undefined) found.set(key, found.has(key) ? 'several' : option)
  }
  return found
}

/** What tells one object from the others: the members that always have one and the same value. */
function tagOf(option: Option, reading: Reading): string | undefined {
  if (option.kind !== 'object') return undefined
  const tags = [...option.members].flatMap(([name, { schema }]) => {
    const { options, nullable } = meaningOf(schema, reading)
    const [only] = options
    return options.length === 1 && only?.kind === 'values' && only.values.length === 1 && !nullable ? [[name, only.values[0]]] : []
  })
  return tags.length === 0 ? undefined : JSON.stringify(tags.sort())
}

const kindIn = (option: Option): string => (option.kind === 'values' ? kindOf(option.values[0]) : option.kind)
