import type { SuiteOptions } from '../../../mocks/kit/suite.ts'
import { type Opened, open } from './opened.ts'
import { type Runner, workersOf } from './workers.ts'

interface Shared {
  opened: Promise<Opened>
  /** Setups that have not been torn down: a runner has one for each of its projects. */
  users: number
}

/** The process holds it, not this module: Jest's teardown is another module, and a runner may load each of them anew. */
const SHARED = Symbol.for('mock-suite.global-setup')
const process = globalThis as { [SHARED]?: Shared | undefined }

/** Opens a suite, unless one is open already. */
export async function setUp(options: SuiteOptions, runner: Runner): Promise<void> {
  process[SHARED] ??= { opened: open(options, workersOf(runner)), users: 0 }
  const shared = process[SHARED]
  shared.users += 1
  const { reset } = await shared.opened.catch((error: unknown) => {
    process[SHARED] = undefined
    throw error
  })
  runner.onTestsRerun?.(reset)
}

/** Closes it, once nobody is left who has opened it. */
export async function tearDown(): Promise<void> {
  const shared = process[SHARED]
  if (shared === undefined) return
  shared.users -= 1
  if (shared.users > 0) return
  process[SHARED] = undefined
  await (await shared.opened).close()
}
