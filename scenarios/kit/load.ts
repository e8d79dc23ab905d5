import { MockSuiteError } from '../../contracts/kit/error.ts'
import { checkScenario, type Stage } from './check.ts'
import { type Mistake, mistakesOf } from './mistake.ts'
import { type Scenario, type ScenarioInput, scenario } from './scenario.ts'
import { writtenAs } from './written.ts'
import { readYaml } from './yaml.ts'

/** How many mistakes are told at once. */
const TOLD = 10

/**
 * A scenario from the text of a file. Without a stage its grammar alone is judged, and it cannot play.
 *
 * @throws MockSuiteError `bad-scenario`, with file, line and column of each mistake.
 */
export function readScenario(text: string, file: string, stage?: Stage): Scenario {
  const yaml = readYaml(text)
  const read = yaml.mistakes.length > 0 ? undefined : judge(yaml.value, stage)
  if (read !== undefined && 'scenario' in read) return writtenAs(read.scenario, { text, file })
  const mistakes = read === undefined ? yaml.mistakes : read.mistakes.map(({ path, message }) => ({ ...yaml.spot(path), message }))
  const inOrder = mistakes.toSorted((one, other) => one.line - other.line || one.column - other.column)
  throw refused(
    file,
    inOrder.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
  )
}

/**
 * A scenario that a program has written.
 *
 * @throws MockSuiteError `bad-scenario`, with the path of each mistake.
 */
export function parseScenario(input: ScenarioInput, stage: Stage): Scenario {
  const read = judge(input, stage)
  if ('scenario' in read) return writtenAs(read.scenario, { scenario: input })
  const name = typeof input?.name === 'string' ? input.name : 'the scenario'
  throw refused(
    name,
    read.mistakes.map(({ path, message }) => `${path.length === 0 ? name : path.join('.')}: ${message}`),
  )
}

function judge(value: unknown, stage: Stage | undefined): { scenario: Scenario } | { mistakes: Mistake[] } {
  const parsed = scenario().safeParse(value)
  if (!parsed.success) return { mistakes: mistakesOf(parsed.error.issues) }
  const mistakes = stage === undefined ? [] : checkScenario(parsed.data, stage)
  return mistakes.length === 0 ? { scenario: parsed.data } : { mistakes }
}

function refused(what: string, mistakes: readonly string[]): MockSuiteError {
  const told = mistakes.slice(0, TOLD).map((mistake) => `\n  ${mistake}`)
  const more = mistakes.length > TOLD ? `\n  and ${mistakes.length - TOLD} more` : ''
  return new MockSuiteError('bad-scenario', `could not play ${what}:${told.join('')}${more}\nCorrect it; nothing has changed.`)
}
