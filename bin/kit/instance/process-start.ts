import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as the system tells it: together with its number it names one process for good, since numbers are used again.
 * Nothing when there is none, or when it is dead and merely not yet collected.
 */
export function processStart(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  } catch {
    return undefined
  }
}

/** See proc(5): the second field is the command in parentheses, which may hold anything; the third is the state, the 22nd the start in ticks since boot. */
function fromProc(pid: number): string | undefined {
  const told = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = told.slice(told.lastIndexOf(')') + 2).split(' ')
  return isDead(fields[0]) ? undefined : fields[19]
}

function fromPs(pid: number): string | undefined {
  const told = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  const [, state, start] = /^(\S+)\s+(.+)$/.exec(told) ?? []
  return isDead(state) ? undefined : start
}

const isDead = (state: string | undefined): boolean => state === undefined || /^[ZX]/i.test(state)
