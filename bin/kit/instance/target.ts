import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { DEFAULT_INSTANCE } from '../instance-flag.ts'
import { findInstance, listInstances } from './find.ts'
import { FORMAT, type State } from './state.ts'

/** How a suite is reached. */
export interface Target {
  url: string
  token: string | undefined
}

/**
 * The suite of this name; of none, the one that runs in the background without a name, if there is one.
 *
 * @throws MockSuiteError `not-running` when the one that was named does not run, or cannot be asked.
 */
export function targetOf(name: string | undefined): Target | undefined {
  const found = findInstance(name ?? DEFAULT_INSTANCE)
  if (found?.running) return reached(found.state)
  if (name !== undefined) throw noneOfThatName(name)
  return undefined
}

export function noneOfThatName(name: string): MockSuiteError {
  const running = listInstances().flatMap((one) => (one.running ? [one.name] : []))
  const there = running.length === 0 ? 'None is' : `Running ${running.length === 1 ? 'is' : 'are'} ${running.join(', ')}`
  return new MockSuiteError(
    'not-running',
    `could not find the instance ${name}: it is not running. ${there}. Start it with mock-suite start-all --detach --instance ${name}.`,
  )
}

function reached({ format, instance, pid, version, addresses: { control } }: State): Target {
  if (format !== FORMAT) {
    throw new MockSuiteError(
      'not-running',
      `could not ask the instance ${instance}: it was started, as pid ${pid}, by mock-suite ${version}. Ask with that version.`,
    )
  }
  if (control !== null) return { url: control.url, token: control.token ?? undefined }
  throw new MockSuiteError('not-running', `could not ask the instance ${instance}: it runs, as pid ${pid}, with --no-control. Start it without that flag.`)
}
