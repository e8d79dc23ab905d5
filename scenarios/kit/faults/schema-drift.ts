import * as z from 'zod'
import { didYouMean } from '../../../contracts/kit/nearest.ts'
import { drifted } from '../drift.ts'
import { edited, withJson } from '../edited.ts'
import { defineFault, type Target } from '../fault.ts'
import { astray, EACH, stepsIn } from '../steps.ts'

/** A vendor that changed its reply and told nobody. */
export const schemaDrift = defineFault({
  summary: 'Drops, renames, retypes or empties a member of the JSON reply.',
  place: 'reply',
  options: () => ({
    path: z
      .string()
      .refine((path) => stepsIn(path).every((step) => step !== ''), 'is no path: write it like alerts.*.status, or /alerts/0/status')
      .describe('the member: alerts.*.status, or /alerts/0/status; * stands for every item'),
    // In YAML a bare null is no text.
    change: z
      .literal(['drop', 'rename', 'retype', 'null', null])
      .transform((change) => change ?? 'null')
      .describe('left out, under another name, of another type, or null'),
    to: z.string().min(1).optional().describe('the new name of what is renamed; alertId for alert_id when left out'),
  }),
  judge({ path, change, to }) {
    if (to !== undefined && change !== 'rename') return `a new name goes with change: rename, not with ${change}`
    return change === 'rename' && isNameless(stepsIn(path).at(-1)) ? `${path} is an item of a list, which has no name to change` : undefined
  },
  check({ path }, target, excused) {
    const schemas = repliesOf(target)
    if (excused) return undefined
    if (schemas.length === 0) return `${target.name} answers no JSON, and nothing of it can drift`
    const lost = astray(schemas, stepsIn(path))
    if (lost === undefined) return undefined
    const choices = lost.known.length === 0 ? ' There is nothing below it.' : ` There are ${lost.known.join(', ')}.`
    return `no reply of ${target.name} has ${JSON.stringify(lost.step)} of ${path}.${didYouMean(lost.step, lost.known) || choices}`
  },
  lie: () => 'the reply drifts from its schema on purpose',
  explain: ({ path, change, to }) => `${WORDS[change]} ${path}${to === undefined ? '' : ` to ${to}`}`,
  inject: ({ path, ...change }) => edited((reply) => withJson(reply, (value) => drifted(value, stepsIn(path), change as Parameters<typeof drifted>[2]))),
})

const WORDS = { drop: 'leave out', rename: 'rename', retype: 'change the type of', null: 'say null for' } as const

const isNameless = (step: string | undefined): boolean => step === EACH || /^\d+$/.test(step ?? '')

/** The schemas of all JSON that an operation may answer, its refusals too. */
function repliesOf({ contract, operation }: Target): z.core.$ZodType[] {
  const specs = [...Object.values(operation.details().responses), ...Object.values(contract.errors.refusals())]
  return specs.flatMap((spec) => ('_zod' in spec ? [spec] : (spec.contentType ?? JSON_TYPE).startsWith(JSON_TYPE) ? [spec.body] : []))
}

const JSON_TYPE = 'application/json'
