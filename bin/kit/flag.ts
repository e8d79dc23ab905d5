import { nearest } from '../../contracts/kit/nearest.ts'

/** What a completion knows the names of. */
export type Names = 'service' | 'operation' | 'scenario' | 'instance' | 'finding' | 'file' | 'folder' | readonly string[]

/** One flag of a command: what help says of it, and how its value is read. */
export interface Flag<Value = unknown> {
  readonly summary: string
  /** What stands for the value in help, e.g. `N`; a flag without one is a switch. */
  readonly value?: string
  /** What its values are the names of, for whoever completes them. */
  readonly names?: Names
  /** One letter. */
  readonly short?: string
  /** What it is when neither the command line, nor the environment, nor a configuration file gives it. */
  readonly initial: Value
  /** That in words, where the value itself would not tell. */
  readonly shown?: string
  /** It means something else than the setting of the same name in a configuration file, which therefore says nothing of it. */
  readonly apart?: true
  /** Flags whose variables say nothing where this one is given on the command line: they speak of something else than it does. */
  readonly hushes?: readonly string[]
  /** Whether a text of it names a file: in a configuration file that is relative to the file. */
  readonly isFile?: (text: string) => boolean
  /** @throws Error whose message completes "--lanes 0: …". */
  read(text: string, before: Value, env: NodeJS.ProcessEnv): Value
}

export type Flags = Readonly<Record<string, Flag<never> | Flag>>
export type Values<All extends Flags> = { readonly [Name in keyof All]: All[Name] extends Flag<infer Value> ? Value : never }

/** On or off. */
export function toggle(summary: string, { short }: { short?: string } = {}): Flag<boolean> {
  return { summary, initial: false, ...(short === undefined ? {} : { short }), read: onOrOff }
}

const WORDS: Readonly<Record<string, boolean>> = { true: true, 1: true, yes: true, on: true, false: false, 0: false, no: false, off: false }

function onOrOff(text: string): boolean {
  const read = WORDS[text.toLowerCase()]
  if (read === undefined) throw new Error('it is on or off; give it true or false')
  return read
}

interface ValueOptions<Value> extends Pick<Flag, 'apart' | 'isFile' | 'names'> {
  value: string
  initial: Value
  shown?: string
}

/** Any text. */
export function text<Initial extends string | undefined>(summary: string, options: ValueOptions<Initial>): Flag<string | Initial> {
  return { summary, ...options, read: (given) => given }
}

/** Several texts: given more than once, or with commas between them. */
export function list(summary: string, options: ValueOptions<readonly string[]>): Flag<readonly string[]> {
  const read = (given: string, before: readonly string[]) => [...(before === options.initial ? [] : before), ...given.split(',').filter((one) => one !== '')]
  return { summary, ...options, read }
}

/** A whole number within bounds. */
export function whole<Initial extends number | undefined>(
  summary: string,
  { min, max, ...options }: ValueOptions<Initial> & { min: number; max: number },
): Flag<number | Initial> {
  const read = (given: string) => {
    const number = /^-?\d+$/.test(given) ? Number(given) : Number.NaN
    if (number >= min && number <= max) return number
    throw new Error(`it must be a whole number from ${min} to ${max}`)
  }
  return { summary, ...options, read }
}

interface Choice<Word> {
  words: readonly Word[]
  shown?: string
}

/** One of some words. */
export function choice<const Word extends string>(summary: string, options: Choice<Word> & { initial: NoInfer<Word> }): Flag<Word>
export function choice<const Word extends string>(summary: string, options: Choice<Word> & { initial: undefined }): Flag<Word | undefined>
export function choice<const Word extends string>(
  summary: string,
  { words, ...options }: Choice<Word> & { initial: Word | undefined },
): Flag<Word | undefined> {
  const read = (given: string) => {
    const word = words.find((one) => one === given)
    if (word !== undefined) return word
    const meant = nearest(given, words)
    throw new Error(`it is one of ${words.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}`)
  }
  return { summary, ...options, value: words.join('|'), names: words, read }
}
