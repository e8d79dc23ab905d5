import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { listInstances } from './find.ts'

/** A port that is taken is named with the process that has it: where that is a suite of ours, its name ends it more easily. */
export function nameHolders(error: unknown): unknown {
  if (!(error instanceof MockSuiteError) || error.code !== 'port-taken') return error
  const holders = listInstances().flatMap((one) => (one.running && error.message.includes(`(pid ${one.state.pid})`) ? [one] : []))
  if (holders.length === 0) return error
  const told = holders.map(({ name, state: { pid } }) => `The instance ${name} is pid ${pid}: mock-suite stop --instance ${name} ends it.`)
  return new MockSuiteError(error.code, [error.message, ...told].join('\n'), { cause: error })
}
