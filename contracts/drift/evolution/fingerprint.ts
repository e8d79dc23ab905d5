import { meaningOf, type Reading } from './meaning.ts'
import type { Option } from './options.ts'

/** How many levels are looked at: enough to know an option again. What is paired is compared to the end. */
const LEVELS = 3

/** The same for options that let the same through, as far as one looks; whatever their parts are called and in whatever order they stand. */
export function fingerprint(option: Option, reading: Reading): string {
  return JSON.stringify(written(option, reading, LEVELS))
}

function written(option: Option, reading: Reading, levels: number): unknown {
  switch (option.kind) {
    case 'values':
      return ['values', option.values.map((value) => JSON.stringify(value)).sort()]
    case 'list':
      return ['list', option.bounds, below(option.of, reading, levels)]
    case 'object': {
      const members = [...option.members].map(([name, { schema, required }]) => [name, required, below(schema, reading, levels)])
      return ['object', option.bounds, members.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)), below(option.rest, reading, levels)]
    }
    default:
      return option
  }
}

function below(schema: unknown, reading: Reading, levels: number): unknown {
  if (levels === 0 || typeof schema === 'boolean') return schema === false ? 'nothing' : '…'
  const { options, nullable } = meaningOf(schema, reading)
  return [nullable, options.map((option) => JSON.stringify(written(option, reading, levels - 1))).sort()]
}
