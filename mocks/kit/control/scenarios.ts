import type { PlayingInfo } from '../../../contracts/control.ts'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import type { Playing } from '../../../scenarios/kit/playing.ts'
import { rulesOf, type ScenarioInput } from '../../../scenarios/kit/scenario.ts'
import { tellRule, tellScenario, toldFaults } from '../../../scenarios/kit/tell-scenario.ts'
import { originalOf } from '../../../scenarios/kit/written.ts'
import type { Lane } from '../lane.ts'
import type { ScenarioSource, ScenarioText } from '../load-scenario.ts'
import type { Handlers, Subject } from './subject.ts'

/** What goes wrong: the library, what plays, what would happen, and what was met. */
export function scenarioHandlers({ suite }: Subject) {
  const lanesOf = (index: number | undefined) => (index === undefined ? suite.lanes : [suite.lane(index)])
  return {
    async listScenarios() {
      const { listLibrary, findScenario, readScenario } = await library()
      const scenarios = listLibrary(suite.stage.folders).map(({ file }) => tellScenario(readScenario(findScenario(file).text, file)))
      return { status: 200, body: { scenarios } }
    },
    async getScenario({ params }) {
      const { findScenario, readScenario } = await library()
      const { file, text } = findScenario(named(params.name), suite.stage.folders)
      const scenario = readScenario(text, file)
      const rules = rulesOf(scenario).map(({ label, rule }) => ({ rule: label, told: tellRule(rule), faults: toldFaults(rule) }))
      return { status: 200, body: { ...tellScenario(scenario), seed: scenario.seed ?? null, rules, text } }
    },
    listPlaying: ({ query }) => ({ status: 200, body: { playing: lanesOf(query.lane).flatMap(playingIn) } }),
    getPlaying({ params: { name }, query: { lane = 0 } }) {
      const { scenario, root } = suite.lane(lane).director.one(name)
      const written = originalOf(scenario)
      if (written === undefined) throw new MockSuiteError('unknown-scenario', `could not tell how ${name} is written: it was not read from anything.`)
      return { status: 200, body: 'text' in written ? { ...written, seed: root.seed } : { scenario: { ...written.scenario }, seed: root.seed } }
    },
    async play({ query: { lane }, body: { seed, ...body } }) {
      const lanes = lanesOf(lane)
      const { name } = await suite.play(sourceOf(body), { ...(lane === undefined ? {} : { lane }), ...(seed === undefined ? {} : { seed }) })
      return { status: 201, body: { playing: lanes.flatMap(playingIn).filter(({ scenario }) => scenario === name) } }
    },
    stopPlaying: ({ query }) => ({ status: 200, body: { stopped: lanesOf(query.lane).reduce((sum, { director }) => sum + director.stop(), 0) } }),
    stopScenario({ params: { name }, query }) {
      const lanes = lanesOf(query.lane)
      const playing = lanes.filter(({ director }) => director.playing.some(({ scenario }) => scenario.name === name))
      // Where none plays it, the first has the words for that.
      const stopped = (playing.length === 0 ? lanes.slice(0, 1) : playing).reduce((sum, { director }) => sum + director.stop(name), 0)
      return { status: 200, body: { stopped } }
    },
    async plan({ query: { lane }, body: { seed, requests, ...body } }) {
      const options = { ...(lane === undefined ? {} : { lane }), ...(seed === undefined ? {} : { seed }), ...(requests === undefined ? {} : { requests }) }
      return { status: 200, body: await suite.plan(sourceOf(body), options) }
    },
    getCoverage: ({ query }) => ({ status: 200, body: suite.coverage(query.service) }),
  } satisfies Handlers<'listScenarios' | 'getScenario' | 'listPlaying' | 'getPlaying' | 'play' | 'stopPlaying' | 'stopScenario' | 'plan' | 'getCoverage'>
}

/** YAML is loaded with the first that asks. */
async function library() {
  const [{ listLibrary, findScenario }, { readScenario }] = await Promise.all([
    import('../../../scenarios/kit/library.ts'),
    import('../../../scenarios/kit/load.ts'),
  ])
  return { listLibrary, findScenario, readScenario }
}

/** Whoever asks from outside may read the library, and no other file of this machine. */
function named(name: string): string {
  if (/^[a-z0-9-]+$/.test(name)) return name
  throw new MockSuiteError(
    'unknown-scenario',
    `could not find the scenario ${JSON.stringify(name)}: a name is lower-case words with hyphens. List the library.`,
  )
}

/** The contract has seen to it that there is just one of them. */
function sourceOf({ name, text, file = 'the text', scenario }: Record<string, unknown> & { file?: string | undefined }): ScenarioSource | ScenarioText {
  if (typeof text === 'string') return { text, file }
  return typeof name === 'string' ? name : (scenario as ScenarioInput)
}

function playingIn({ index, clock, director }: Lane): PlayingInfo[] {
  return director.playing.map((playing: Playing) => ({
    scenario: playing.scenario.name,
    lane: index,
    seed: playing.root.seed,
    since: new Date(playing.since).toISOString(),
    phase: playing.phaseAt(clock.now()) ?? null,
    rules: playing.rules.map(({ label, rule, matches, strikes }) => ({ rule: label, told: tellRule(rule), matches, strikes })),
  }))
}
