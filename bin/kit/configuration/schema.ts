import { dirname, resolve } from 'node:path'
import * as z from 'zod'
import { strict } from '../../../contracts/kit/strict.ts'
import type { Mock } from '../../../mocks/kit/mock.ts'
import type { Flag } from '../flag.ts'
import { settingFlags } from './settings.ts'

/** What a configuration file may say; paths come out whole. */
export function schemaFor(file: string) {
  const path = z
    .string()
    .min(1)
    .transform((text) => resolve(dirname(file), text))
  const names = z.array(z.string(), 'give a list of names')
  const { world, ...flags } = settingFlags
  return strict({
    ...Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, settingOf(flag as Flag, file).optional()])),
    world: z.union([path, z.record(z.string(), z.array(z.record(z.string(), z.unknown())))], 'give a file, or tables of records').optional(),
    services: z.record(z.string(), mock()).optional(),
    only: names.optional(),
    except: names.optional(),
    scenarios: z.union([path.transform((folder) => [folder]), z.array(path)], 'give a folder, or a list of them').optional(),
    recordings: path.optional(),
  })
}

/** As the flag reads it from a word of the command line, except that a number is a number here, a switch true or false, and a list a list. */
function settingOf(flag: Flag, file: string) {
  return z.unknown().transform((given, context) => {
    if (given === undefined) return undefined
    try {
      return settled(flag, given, file)
    } catch (error) {
      context.addIssue({ code: 'custom', message: `${JSON.stringify(given)}: ${(error as Error).message}` })
      return z.NEVER
    }
  })
}

function settled(flag: Flag, given: unknown, file: string): unknown {
  const texts = Array.isArray(given) ? given : [given]
  if (!texts.every((one) => ['string', 'number', 'boolean'].includes(typeof one))) throw new Error('give a plain value')
  const whole = (text: string) => (flag.isFile?.(text) === true ? resolve(dirname(file), text) : text)
  const read = texts.reduce<unknown>((before, text) => flag.read(whole(String(text)), before, {}), flag.initial)
  if (!Array.isArray(read) && typeof read !== typeof given) throw new Error(`give it as a ${typeof read}`)
  return read
}

function mock() {
  return z.custom<Mock>((given) => isObject(given) && isContract(given.contract) && isObject(given.behaviour), 'this is no mock; give what defineMock made')
}

const isContract = (given: unknown): boolean =>
  isObject(given) && typeof given.service === 'string' && typeof given.port === 'number' && isObject(given.env) && isObject(given.operations)

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
