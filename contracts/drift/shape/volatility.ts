import type { Shape } from '../shape.ts'
import { idForm } from './id-form.ts'
import type { Scalar } from './tally.ts'
import type { TextFormat } from './text-format.ts'

/** How a member changes from sample to sample, with the counts that say so. */
export interface Volatility {
  kind: 'constant' | 'enumeration' | 'identifier' | 'instant' | 'varying' | 'unknown'
  /** The values of a constant or an enumeration and how often each was seen, most frequent first. */
  values: readonly (readonly [Scalar, number])[]
  /** How many values were looked at, null aside. */
  samples: number
  /** So many of the values that were there were null. */
  nulls: { times: number; of: number }
  /** Of so many objects that might have had it, so many did not. */
  absent: { times: number; of: number }
}

/**
 * What the samples say of one member. `objects` is how many objects might have had it: the shape around it knows.
 * Nothing is claimed from too few samples: then its kind is `unknown`.
 */
export function volatility(shape: Shape, objects = shape.visits): Volatility {
  const samples = shape.visits - shape.count('null')
  const kind = kindOf(shape, samples)
  return {
    kind,
    values: kind === 'constant' || kind === 'enumeration' ? (shape.values.sorted() ?? []) : [],
    samples,
    nulls: { times: shape.count('null'), of: shape.visits },
    absent: { times: objects - shape.visits, of: objects },
  }
}

function kindOf(shape: Shape, samples: number): Volatility['kind'] {
  if (samples < FEW) return 'unknown'
  if (shape.count('list') + shape.count('object') > 0) return 'varying'
  if (isInstant(shape, samples)) return 'instant'
  if (shape.values.counts?.size === 1) return 'constant'
  if (isIdentifier(shape, samples)) return 'identifier'
  return isEnumeration(shape, samples) ? 'enumeration' : 'varying'
}

/** Two equal samples are a coincidence, three a habit. */
const FEW = 3

const INSTANTS: readonly TextFormat[] = ['datetime', 'date', 'time']

/** Texts in the form of one, however few differ; or whole numbers that are all seconds or all milliseconds of 2001 to 2100, and differ: one alone might be a volume. */
function isInstant({ texts, numbers, values, types }: Shape, samples: number): boolean {
  if (texts !== undefined) return INSTANTS.some((format) => texts.formats[format] === samples)
  if (numbers === undefined || types.integer !== samples || values.counts?.size === 1) return false
  return [1, 1000].some((unit) => numbers.least >= 978_307_200 * unit && numbers.most < 4_102_444_800 * unit)
}

const IDS: readonly TextFormat[] = ['uuid', 'id', 'hex', 'jwt']

/** Its form says so; or digits that hardly repeat. */
function isIdentifier({ texts, values, types }: Shape, samples: number): boolean {
  if (texts === undefined || types.text !== samples) return false
  if (IDS.some((format) => texts.formats[format] === samples)) return true
  return texts.formats.integer === samples && (values.counts?.size ?? samples) * 2 > samples
}

/**
 * A few words of which nearly all have come again. By Good and Turing the chance that the next sample is a word not yet seen is
 * about the share of samples whose word was seen once: below one in twenty, what was seen is taken for all there is.
 * Numbers are no enumeration: a few different ones are as likely a quantity.
 */
function isEnumeration({ values, types }: Shape, samples: number): boolean {
  const seen = values.counts
  if (seen === undefined || types.text !== samples || samples < SAMPLES || seen.size > WORDS) return false
  if (![...seen.keys()].every((word) => /^[A-Za-z][\w-]{0,39}$/.test(String(word)) && idForm(String(word)) === undefined)) return false
  const once = [...seen.values()].filter((times) => times === 1).length
  return once * 20 <= samples
}

/** With fewer, even a word of every second sample has a good chance of not having come. */
const SAMPLES = 10
/** More words are more likely names. */
const WORDS = 8
