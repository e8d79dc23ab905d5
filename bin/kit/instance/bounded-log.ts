import { closeSync, fstatSync, openSync, readSync, statSync, truncateSync, writeFileSync } from 'node:fs'

/** How long a log may grow, and how much of its end is left then, in bytes. */
const BOUND = 16 * 1024 * 1024
const REST = 4 * 1024 * 1024

/** How often it is looked, in milliseconds. */
const PACE = 1000

/** Cuts the beginning off a log that has grown too long: nobody may look at it for weeks. Its writers append. Keeps no process alive. */
export function boundLog(file: string): void {
  setInterval(() => cutIfLong(file), PACE).unref()
}

/** What cannot be cut just now, as on a full disk, may be the next time. */
export function cutIfLong(file: string, { bound, rest }: { bound: number; rest: number } = { bound: BOUND, rest: REST }): void {
  try {
    if (statSync(file).size <= bound) return
    const end = endOf(file, rest)
    truncateSync(file)
    writeFileSync(file, `… the log had grown to ${bound} bytes; what stood before is gone\n${end}`, { flag: 'a' })
  } catch {}
}

/** Whole lines. */
function endOf(file: string, length: number): string {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const end = Buffer.alloc(Math.min(length, size))
    readSync(descriptor, end, 0, end.length, size - end.length)
    return end.subarray(end.indexOf(0x0a) + 1).toString()
  } finally {
    closeSync(descriptor)
  }
}
