import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { folder } from './folder.ts'
import { run } from './process.ts'

/** A machine of its own, as far as instances are concerned: nothing is left of it when the test is over. */
export function machine(over: NodeJS.ProcessEnv = {}) {
  const state = folder()
  const env = { XDG_STATE_HOME: state, TMPDIR: folder(), ...over }
  const mockSuite = (...words: string[]) => run(words, env)
  onTestFinished(async () => {
    // A process takes its time even where nothing is left for it to do.
    if (foldersOf(env).some((folder) => readdirSync(folder).length > 0)) await mockSuite('stop', '--all', '--if-running', '--force', '--timeout', '5s')
  })
  const place = join(state, 'mock-suite')
  return {
    env,
    /** Where its state should be. */
    place,
    mockSuite,
    /** Two fakes in the background. */
    start: (...words: string[]) => mockSuite('start', 'config', 'alert', '--ports', 'auto', '--detach', ...words),
    stateOf: (name: string) => JSON.parse(readFileSync(join(place, `${name}.json`), 'utf8')) as Kept,
    files: () => readdirSync(place).sort(),
  }
}

/** Wherever its state may have gone. */
function foldersOf({ XDG_STATE_HOME: state, HOME: home, TMPDIR: temporary }: NodeJS.ProcessEnv): string[] {
  const places = [...(state === undefined ? [] : [join(state, 'mock-suite')]), ...(home === undefined ? [] : [join(home, '.local/state/mock-suite')])]
  return [...places, join(temporary ?? '', `mock-suite-${process.getuid?.()}`)].filter(existsSync)
}

interface Kept {
  pid: number
  processStart: string
  log: string
  addresses: { control: { url: string; token: string | null }; lanes: { services: Record<string, string> }[] }
}

/** Whether there is such a process, dead ones that nobody has collected apart. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
