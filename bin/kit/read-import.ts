import { readFileSync } from 'node:fs'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import { readYaml } from '../../scenarios/kit/yaml.ts'

/** How many mistakes are told at once. */
const TOLD = 5

/**
 * A file of JSON or YAML.
 *
 * @throws MockSuiteError `bad-import`, with the place of each mistake.
 */
export function readImport(file: string): unknown {
  const text = contentOf(file)
  const json = parsed(text)
  if (json !== undefined) return json.value
  const { value, mistakes } = readable(file, text)
  if (mistakes.length === 0) return value
  const lines = mistakes.slice(0, TOLD).map(({ line, column, message }) => `  ${file}:${line}:${column}: ${message}`)
  if (mistakes.length > TOLD) lines.push(`  and ${mistakes.length - TOLD} more`)
  throw new MockSuiteError('bad-import', `could not read ${file}, which is neither JSON nor YAML:\n${lines.join('\n')}\nCorrect the file.`)
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new MockSuiteError('bad-import', `could not read ${file}: ${(error as Error).message}. Name a file that is there.`)
  }
}

/** References that unfold without end, and what is nested past all measure, are refused by throwing. */
function readable(file: string, text: string): ReturnType<typeof readYaml> {
  try {
    return readYaml(text)
  } catch (error) {
    throw new MockSuiteError('bad-import', `could not read ${file}: ${(error as Error).message}. Give a document without such things.`)
  }
}

/** Most documents are JSON, and large: the way through YAML, which knows places, is for those that are not. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
