import { isJson } from '../../draft/openapi/document.ts'
import type { Reading } from './meaning.ts'
import type { Member, ObjectOption } from './options.ts'
import type { Below, OwnDifference } from './schemas.ts'

/** What has become of the members of an object, and which of them are to be compared. */
export function memberDifferences(before: ObjectOption, after: ObjectOption, direction: Reading['direction']): { here: OwnDifference[]; below: Below[] } {
  const names = [...new Set([...before.members.keys(), ...after.members.keys()])]
  const found = names.map((name) => memberDifference(name, before, after, direction))
  const rest = restDifference(before.rest, after.rest)
  return { here: [...found.flatMap(({ here }) => here), ...rest.here], below: [...found.flatMap(({ below }) => below), ...rest.below] }
}

interface Found {
  here: OwnDifference[]
  below: Below[]
}

function memberDifference(name: string, before: ObjectOption, after: ObjectOption, direction: Reading['direction']): Found {
  const [old, young] = [before.members.get(name), after.members.get(name)]
  const step: Below = { step: name, before: old?.schema, after: young?.schema }
  const words = { before: presence(old), after: presence(young) }
  if (old === undefined)
    return { here: [{ rule: young?.required ? 'required-added' : 'optional-added', ...words, step }], below: asRest(step, before.rest, 'before') }
  const gone = direction === 'request' && after.rest === false ? 'refused' : 'removed'
  if (young === undefined) return { here: [{ rule: gone, ...words, step }], below: asRest(step, after.rest, 'after') }
  if (old.required === young.required) return { here: [], below: [step] }
  return { here: [{ rule: young.required ? 'now-required' : 'now-optional', ...words, step }], below: [step] }
}

/** What is not named by one version is there all the same as one of the rest, where that one says how the rest must be. */
const asRest = (step: Below, rest: unknown, side: 'before' | 'after'): Below[] => (isJson(rest) ? [{ ...step, [side]: rest }] : [])

function restDifference(before: unknown, after: unknown): Found {
  if (before === false && after === false) return { here: [], below: [] }
  if (after === false) return { here: [{ rule: 'closed', before: 'more members', after: 'no others' }], below: [] }
  if (before === false) return { here: [{ rule: 'opened', before: 'no others', after: 'more members' }], below: [] }
  return { here: [], below: before === true && after === true ? [] : [{ step: '*', before, after }] }
}

const presence = (member: Member | undefined): string => (member === undefined ? 'absent' : member.required ? 'required' : 'optional')
