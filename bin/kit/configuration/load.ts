import { readFileSync, statSync } from 'node:fs'
import { extname, relative } from 'node:path'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { mistakesOf } from '../../../scenarios/kit/mistake.ts'
import { readYaml } from '../../../scenarios/kit/yaml.ts'
import { blame } from './blame.ts'
import type { LoadedConfiguration } from './held.ts'
import { importModule } from './import-module.ts'
import { schemaFor } from './schema.ts'

/** How many mistakes are told at once. */
const TOLD = 10

/** What a file says, before anybody has judged it. */
interface Read {
  value: unknown
  files: readonly string[]
  /** Where something of it stands. */
  placeOf(path: readonly PropertyKey[]): string
}

/**
 * Reads a configuration file and holds it against what one may say.
 *
 * @param cwd What its name is told from.
 * @throws MockSuiteError `bad-config`, with the place of each mistake.
 */
export async function loadConfiguration(file: string, cwd: string, before: readonly string[] = []): Promise<LoadedConfiguration> {
  const read = await readConfiguration(file, cwd, before)
  const parsed = schemaFor(file).safeParse(read.value ?? {})
  const mistakes = parsed.success ? [] : mistakesOf(parsed.error.issues).map(({ path, message }) => ({ path, message: named(path, message) }))
  if (parsed.data?.only !== undefined && parsed.data.except !== undefined)
    mistakes.push({ path: ['except'], message: 'only and except are two answers to one question' })
  if (parsed.data === undefined || mistakes.length > 0)
    throw bad(
      told(file, cwd),
      mistakes.map(({ path, message }) => `${read.placeOf(path)}: ${message}`),
    )
  const { services = {}, only, except = [], world, scenarios = [], recordings, ...flags } = parsed.data
  const spelt = typeof world === 'object' ? world : undefined
  const settings = Object.entries({ ...flags, ...(typeof world === 'string' ? { world } : {}) }).filter(([, value]) => value !== undefined)
  return {
    file,
    files: read.files,
    settings: new Map(settings.map(([name, value]) => [name, { value, where: read.placeOf([name]) }])),
    services,
    only,
    except,
    world: spelt && { value: spelt, placeOf: (path) => read.placeOf(['world', ...path]) },
    scenarios,
    recordings,
    placeOf: read.placeOf,
    reload: () => loadConfiguration(file, cwd, read.files),
  }
}

async function readConfiguration(file: string, cwd: string, before: readonly string[]): Promise<Read> {
  const text = textOf(file, cwd)
  if (['.json', '.yaml', '.yml'].includes(extname(file))) return readData(text, file, cwd)
  if (!/^\.[cm]?[jt]s$/.test(extname(file)))
    throw new MockSuiteError(
      'bad-config',
      `could not read the configuration ${told(file, cwd)}: files like it are not read. Write TypeScript, JavaScript, JSON or YAML.`,
    )
  const { value, files } = await importModule(file, before).catch((error: unknown) => {
    const { place, message, missing } = blame(error, file, cwd)
    const advice =
      missing === undefined
        ? 'Correct it, or do without the file, with --no-config.'
        : `Install ${missing} where the file lies, or do without the file, with --no-config.`
    throw new MockSuiteError('bad-config', `could not load the configuration ${told(file, cwd)}:\n  ${place}: ${message}\n${advice}`, { cause: error })
  })
  if (typeof value !== 'object' || value === null)
    throw bad(told(file, cwd), [
      `${told(file, cwd)}: ${value === undefined ? 'exports nothing by default' : `exports a ${typeof value}`}; write export default defineConfig({ … })`,
    ])
  return { value, files, placeOf: (path) => [told(file, cwd), ...lineOf(text, path)].join(':') }
}

function readData(text: string, file: string, cwd: string): Read {
  const yaml = readYaml(text)
  const placeOf = ({ line, column }: { line: number; column: number }) => `${told(file, cwd)}:${line}:${column}`
  if (yaml.mistakes.length > 0)
    throw bad(
      told(file, cwd),
      yaml.mistakes.map((mistake) => `${placeOf(mistake)}: ${mistake.message}`),
    )
  const { value } = yaml
  if (typeof value === 'object' && value !== null && 'services' in value)
    throw bad(told(file, cwd), [`${placeOf(yaml.spot(['services']))}: services are code. Write the configuration in TypeScript or JavaScript.`])
  return { value, files: [file], placeOf: (path) => placeOf(yaml.spot(path)) }
}

function textOf(file: string, cwd: string): string {
  try {
    // A pipe would be waited for, for ever.
    if (!statSync(file).isFile()) throw new Error('it is no file')
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new MockSuiteError('bad-config', `could not read the configuration ${told(file, cwd)}: ${(error as Error).message}. Name a file that is there.`)
  }
}

/** The first line that gives a member of this name a value: code is not read for more. */
function lineOf(text: string, [name]: readonly PropertyKey[]): number[] {
  if (typeof name !== 'string') return []
  const at = text.split('\n').findIndex((line) => new RegExp(`^[^'"\`]*?(?<![\\w.$])(['"]?)${name.replace(/\W/g, '\\$&')}\\1\\s*[:,(]`).test(line))
  return at === -1 ? [] : [at + 1]
}

function bad(file: string, mistakes: readonly string[]): MockSuiteError {
  const lines = mistakes.slice(0, TOLD).map((mistake) => `\n  ${mistake}`)
  const more = mistakes.length > TOLD ? `\n  and ${mistakes.length - TOLD} more` : ''
  return new MockSuiteError(
    'bad-config',
    `could not take the configuration ${file}:${lines.join('')}${more}\nCorrect it, or do without the file, with --no-config.`,
  )
}

/** An unknown name is in its message already. */
const named = (path: readonly PropertyKey[], message: string): string =>
  message.startsWith('unknown name') || path.length === 0 ? message : `${path.join('.')}: ${message}`

const told = (file: string, cwd: string): string => relative(cwd, file) || file
