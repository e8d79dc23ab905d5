import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { filesOf } from './find.ts'
import { inFolder } from './folder.ts'
import { processStart } from './process-start.ts'

/** How long another start of the same name may take, in milliseconds. */
const PATIENCE = 30_000

/** Who sees a rival steps back for about so long, in milliseconds. */
const STEP_BACK = 40

/**
 * Keeps all other processes from starting an instance of this name until it is given up. A claim is a file that carries its process's number and start
 * in its name, so a dead one's can be taken away by anybody: no file of that name will ever be made again. Who has laid his own and then sees a living
 * rival's takes his back and tries again: of two, the later one always sees the earlier.
 *
 * @throws MockSuiteError `instance-running` when another start takes too long; `no-state` when nothing can be written.
 */
export async function claim(name: string): Promise<() => void> {
  const deadline = performance.now() + PATIENCE
  for (;;) {
    const { folder, mine } = lay(name)
    const rival = rivalsIn(folder, name).find((file) => file !== mine)
    if (rival === undefined) return () => rmSync(mine, { force: true })
    rmSync(mine, { force: true })
    if (performance.now() > deadline) throw underWay(name, pidOf(rival))
    await sleep(STEP_BACK * (0.5 + Math.random()))
  }
}

/** Claims of processes that live; those of dead ones are taken away. */
export function rivalsIn(folder: string, name: string): string[] {
  return filesOf(folder, `${name}.claim.`).filter((file) => {
    if (identity(pidOf(file)) === file.split('.claim.')[1]) return true
    rmSync(file, { force: true })
    return false
  })
}

function lay(name: string): { folder: string; mine: string } {
  return inFolder((folder) => {
    const mine = join(folder, `${name}.claim.${identity(process.pid)}`)
    try {
      writeFileSync(mine, 'starting\n', { mode: 0o600 })
    } catch (error) {
      rmSync(mine, { force: true })
      throw error
    }
    return { folder, mine }
  })
}

const identity = (pid: number): string => `${pid}.${processStart(pid)?.replace(/\W/g, '-')}`

const pidOf = (claim: string): number => Number(claim.split('.claim.')[1]?.split('.')[0])

function underWay(name: string, pid: number): MockSuiteError {
  return new MockSuiteError(
    'instance-running',
    `could not start the instance ${name}: the process ${pid} has been starting it for ${PATIENCE / 1000} s. End it, or start another with --instance NAME.`,
  )
}
