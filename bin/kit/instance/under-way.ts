import { setTimeout as sleep } from 'node:timers/promises'
import { rivalsIn } from './claim.ts'
import { foldersThere } from './folder.ts'
import { draftsOf } from './leftovers.ts'

/** How often it is looked, in milliseconds. */
const PACE = 25

/** Returns once no start of this name is under way, or when that takes too long: who stops an instance means the one that is coming, too. */
export async function noneUnderWay(name: string, patience: number): Promise<void> {
  const deadline = performance.now() + patience
  while (isUnderWay(name) && performance.now() < deadline) await sleep(PACE)
}

const isUnderWay = (name: string): boolean => draftsOf(name).length > 0 || foldersThere().some((folder) => rivalsIn(folder, name).length > 0)
