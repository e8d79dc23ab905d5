import { control } from '../../contracts/control.ts'
import { loadScenario } from '../../mocks/kit/load-scenario.ts'
import { planOf } from '../../scenarios/kit/plan.ts'
import { defineCommand } from '../kit/command.ts'
import { whole } from '../kit/flag.ts'
import { ownFolders, tellOwn } from '../kit/own-scenarios.ts'
import { projectContracts } from '../kit/project-contracts.ts'
import { seedFlag } from '../kit/seed.ts'
import { planText } from '../reports/plan.ts'

/** Needs no suite: a plan follows from seed, lane and scenario alone. */
export const plan = defineCommand({
  flags: {
    requests: whole('how many matches of each rule', { value: 'N', min: 1, max: 10_000, initial: 20 }),
    seed: seedFlag('the root of its chance', 'the scenario’s own, or 42'),
    lane: whole('which lane: each has a chance of its own', { value: 'N', min: 0, max: 63, initial: 0 }),
  },
  output: () => control.operations.plan.details().responses[200],
  args: [{ name: 'scenario', names: 'scenario', summary: 'its name in the library, or a file' }],
  examples: ['mock-suite plan entitlements-flap', 'mock-suite plan mine.yaml --requests 100 --seed 7 --json'],
  async run({ flags, args: [source = ''], terminal }) {
    tellOwn(source, terminal)
    const scenario = await loadScenario(source, { contracts: Object.values(projectContracts()), folders: ownFolders() })
    const { requests, lane, seed = scenario.seed ?? 42 } = flags
    const plan = planOf(scenario, { seed, lane, requests })
    terminal.print(flags.json ? terminal.json(plan) : planText(plan, scenario, terminal))
    return undefined
  },
})
