import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The program as it is shipped. */
export const PROGRAM = 'dist/bin/mock-suite.js'

const SOURCES = ['bin', 'contracts', 'mocks', 'scenarios', 'package.json']
/** Held by the one test file that builds; a folder, because making one is atomic. */
const LOCK = 'node_modules/.mock-suite-building'
/** A build takes seconds: a lock this old was left behind. */
const STALE = 120_000

/** Builds dist/ when it is missing or older than a source; files that run at the same time wait for the one that builds. */
export async function built(): Promise<void> {
  while (isStale()) {
    if (takeLock()) {
      try {
        if (isStale()) execFileSync(process.execPath, ['bin/build.mjs', '--program'], { stdio: ['ignore', 'ignore', 'inherit'], timeout: STALE })
      } finally {
        rmdirSync(LOCK)
      }
    } else await sleep(100)
  }
}

function isStale(): boolean {
  return changedAt(PROGRAM) < Math.max(...SOURCES.map(newest))
}

function newest(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path, { recursive: true }).map((name) => changedAt(join(path, name as string))))
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function takeLock(): boolean {
  try {
    mkdirSync(LOCK)
    return true
  } catch {
    if (changedAt(LOCK) < Date.now() - STALE) rmdirSync(LOCK)
    return false
  }
}
