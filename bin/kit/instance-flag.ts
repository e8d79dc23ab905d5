import type { Flag } from './flag.ts'

/** What an instance is called when nobody says. */
export const DEFAULT_INSTANCE = 'default'

/** The name becomes that of a file: nothing in it may lead elsewhere. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const LONGEST = 64

/** Which of several suites on one machine is meant. */
export function instanceFlag(summary: string, shown: string = DEFAULT_INSTANCE): Flag<string | undefined> {
  return {
    summary,
    value: 'NAME',
    names: 'instance',
    initial: undefined,
    shown,
    read(given) {
      if (NAME.test(given) && given.length <= LONGEST) return given
      throw new Error(`a name is lower-case words with hyphens between them, ${LONGEST} characters at most, e.g. ci-3`)
    },
  }
}
