import { idForm } from '../../../contracts/drift/shape/id-form.ts'

/** What stands for an id. */
const ID = '{}'

/** A path is told no further than this. */
const LONG = 200

/** The path of a target without what only names one thing among many: `/alerts/alert_9f2c01a4b7de` is `/alerts/{}`. */
export function pathShape(target: string): string {
  return shape(target.split(/[?#]/, 1)[0] as string)
}

/** The same of a JSON pointer: `/items/3/price` is `/items/{}/price`. */
export const pointerShape = (pointer: string): string => shape(pointer)

function shape(path: string): string {
  const steps = path.slice(0, LONG + 1).split('/')
  const told = steps.map((step) => (isId(unescaped(step)) ? ID : step)).join('/')
  return path.length > LONG ? `${told}…` : told
}

/** As ids are made here, also one that happens to have no digit; and hexadecimal text that is longer than words are. */
const OURS = /^(?:[a-z]+(?:_[a-z]+)*_[0-9a-f]{12}|[0-9a-f]{16,})$/i

const isId = (step: string): boolean => idForm(step) !== undefined || OURS.test(step)

function unescaped(step: string): string {
  if (!step.includes('%')) return step
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
