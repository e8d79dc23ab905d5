import { shownValue } from '../words.ts'
import type { Meaning } from './meaning.ts'
import type { Option } from './options.ts'

/** What a schema asks for, in a few words. */
export function saysOf({ options, nullable }: Meaning): string {
  if (options.some(({ kind }) => kind === 'anything')) return 'anything'
  const words = [...new Set([...options.map(optionSays), ...(nullable ? ['null'] : [])])]
  return words.length === 0 ? 'nothing' : words.join(' or ')
}

export function optionSays(option: Option): string {
  switch (option.kind) {
    case 'anything':
      return 'anything'
    case 'values':
      return option.values.length === 1 ? shownValue(option.values[0]) : `one of ${listed(option.values)}`
    case 'text':
      return option.bounds.formats.length === 0 ? 'text' : `text (${option.bounds.formats.join(', ')})`
    case 'number':
      return option.whole ? 'whole number' : 'number'
    case 'object':
      return option.members.size === 0 ? 'map' : `object with ${some([...option.members.keys()])}`
    default:
      return option.kind
  }
}

/** Values in a row. */
export const listed = (values: readonly unknown[]): string => some(values.map(shownValue), 20)

function some(names: readonly string[], most = 5): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`
}
