import * as z from 'zod'
import { once } from '../../contracts/kit/contract.ts'
import { nearest } from '../../contracts/kit/nearest.ts'
import { strict } from '../../contracts/kit/strict.ts'
import type { Shape } from './fault.ts'
import { type FaultName, faults } from './faults/index.ts'
import { time } from './time.ts'
import { type WhenInput, when } from './when.ts'

const count = (what: string) => z.int(`${what} is a whole number`).positive(`${what} is at least 1`)

const during = () =>
  strict({
    after: time().optional().describe('opens so long after the scenario, or its phase, began'),
    for: time().optional().describe('stays open so long; for good when left out'),
    every: time().optional().describe('opens again and again, so far apart'),
    ramp: time().optional().describe('the chance rises from nothing to its full height in this time'),
  })

/** A fault and its options, under `fault: name`. */
const injected = once(() => {
  const choices = Object.entries(faults as Readonly<Record<string, { summary: string; options: () => Shape }>>).map(([name, { summary, options }]) =>
    strict({
      fault: z.literal(name).describe(summary),
      ...options(),
      off_contract: z.string().min(1).optional().describe('why this may leave the contract, e.g. a load balancer answers'),
    }),
  )
  return z.discriminatedUnion('fault', choices as never, { error: unknownFault }) as unknown as z.ZodType<Injected, InjectedInput>
})

function unknownFault({ input }: { input?: unknown }): string | undefined {
  const named = typeof input === 'object' && input !== null && 'fault' in input ? input.fault : undefined
  if (typeof named !== 'string') return 'needs a fault: { fault: latency, ms: 800 }'
  if (Object.hasOwn(faults, named)) return undefined
  const meant = nearest(named, Object.keys(faults))
  return `there is no fault ${JSON.stringify(named)}. ${meant === undefined ? `There are ${Object.keys(faults).join(', ')}.` : `Did you mean ${JSON.stringify(meant)}?`}`
}

const rule = once(() =>
  strict({
    when: when().describe('which exchanges it is about'),
    skip: z.int('skip is a whole number').nonnegative('skip is at least 0').optional().describe('so many matches pass first'),
    times: count('times').optional().describe('so many are struck, then no more'),
    chance: z.number().min(0, CHANCE).max(1, CHANCE).optional().describe('of each match, from 0 to 1; drawn from the seed'),
    during: during().optional().describe('a window on the clock of the lane'),
    until: strict({ requests: count('requests') })
      .optional()
      .describe('after so many matches the rule is over'),
    inject: z.array(injected()).min(1, 'needs at least one fault').describe('what happens to a match that is struck'),
  }),
)
const CHANCE = 'a chance is a number from 0 to 1'

const phase = once(() =>
  strict({
    name: z.string().min(1).optional().describe('how plans and journals call it'),
    for: time().optional().describe('ends after this time'),
    until: strict({ requests: count('requests') })
      .optional()
      .describe('ends after so many requests that its rules match'),
    rules: z.array(rule()).describe('what holds while the phase lasts; none for a pause'),
  }),
)

/** The whole language. Descriptions are what editors show. */
export const scenario = once(() =>
  strict({
    name: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name is lower-case words with hyphens between them')
      .describe('how it is called on the command line'),
    story: z.string().min(1, 'needs a story').describe('what breaks, when, and what a good client does about it'),
    seed: z.int('a seed is a whole number').optional().describe('pins its chance; that of the suite when left out'),
    rules: z.array(rule()).optional().describe('what holds from the beginning to the end'),
    phases: z.array(phase()).min(1, 'needs at least one phase').optional().describe('one after the other, each with its own end'),
  }),
)

export type Scenario = z.output<ReturnType<typeof scenario>>
export type Rule = z.output<ReturnType<typeof rule>>
export type Phase = z.output<ReturnType<typeof phase>>
export type During = z.output<ReturnType<typeof during>>

type Catalogue = typeof faults
type Fields<Name extends FaultName> = ReturnType<Catalogue[Name]['options']>
/** Zod takes an object without fields for one that can have no member at all, not even `fault`. */
type Options<Own extends Shape> = keyof Own extends never ? unknown : z.input<z.ZodObject<Own>>
type Excuse = { off_contract?: string | undefined }

/** A fault with its options, as it is written, and as it is once read. */
export type InjectedInput = { [Name in FaultName]: { fault: Name } & Options<Fields<Name>> & Excuse }[FaultName]
export type Injected = { fault: FaultName; [option: string]: unknown } & Excuse

type RuleInput = Omit<z.input<ReturnType<typeof rule>>, 'when' | 'inject'> & { when: WhenInput; inject: InjectedInput[] }
type PhaseInput = Omit<z.input<ReturnType<typeof phase>>, 'rules'> & { rules: RuleInput[] }

/** A scenario as people write it, in a file or in a program. */
export type ScenarioInput = Omit<z.input<ReturnType<typeof scenario>>, 'rules' | 'phases'> & { rules?: RuleInput[]; phases?: PhaseInput[] }

/** Every rule with the name by which plans and journals call it, and its phase, counted from 0. */
export function rulesOf({ rules = [], phases = [] }: Scenario): { label: string; rule: Rule; phase: number | undefined }[] {
  return [
    ...rules.map((rule, at) => ({ label: `rule ${at + 1}`, rule, phase: undefined })),
    ...phases.flatMap(({ name, rules }, phase) => {
      const called = name ?? `phase ${phase + 1}`
      return rules.map((rule, at) => ({ label: `${called}, rule ${at + 1}`, rule, phase }))
    }),
  ]
}
