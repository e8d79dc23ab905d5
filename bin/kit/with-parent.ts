/** How often the parent is looked for, in milliseconds: a suite may outlive whoever started it by so much. */
const PACE = 250

/**
 * Settles once the process that started this one is gone, however it went: an orphan is handed to another parent. Where the first
 * process of the machine or of the container is the parent, it never settles: nobody outlives that one.
 */
export function whenParentGone(): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    const looking = setInterval(() => {
      if (isParent(parent)) return
      clearInterval(looking)
      resolve()
    }, PACE)
    looking.unref()
  })
}

/** Windows tells the same parent for good, alive or not. */
function isParent(pid: number): boolean {
  if (process.ppid !== pid) return false
  if (process.platform !== 'win32') return true
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
