import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants as modes, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MockSuiteError } from '../../../contracts/kit/error.ts'
import { spell } from '../../../scenarios/kit/duration.ts'
import { type AddressList, addressTable } from '../../reports/addresses.ts'
import type { RunValues } from '../run-suite.ts'
import { signalCode } from '../signal-code.ts'
import type { Terminal } from '../terminal.ts'
import { rivalsIn } from './claim.ts'
import { findInstance } from './find.ts'
import { inFolder } from './folder.ts'
import { LAUNCHED, type News } from './launched.ts'
import type { State } from './state.ts'

/**
 * Starts this same program once more, in a session of its own, and returns when it listens.
 *
 * @throws MockSuiteError `not-ready` when it takes too long or dies without a word; otherwise what it says itself.
 */
export async function launch(name: string, flags: RunValues, terminal: Terminal<AddressList>): Promise<void> {
  const { folder, log, fd } = openLog(name)
  // The same words and the same environment: the one that is launched reads them as this one has.
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: ['ignore', fd, fd, 'ipc'],
    env: { ...process.env, [LAUNCHED]: log },
  })
  closeSync(fd)
  const takeBack = async () => {
    await ended(child)
    rivalsIn(folder, name)
    for (const file of [log, ...left(name, child.pid)]) rmSync(file, { force: true })
  }
  const interrupted = (signal: (typeof INTERRUPTIONS)[number]) => {
    // That it ends now is no news.
    child.removeAllListeners()
    void takeBack().then(() => process.exit(signalCode(signal)))
  }
  for (const signal of INTERRUPTIONS) process.once(signal, interrupted)
  try {
    const { ready, notes } = await readiness(child, { timeout: flags.timeout, log })
    for (const note of notes) terminal.warn(note)
    tellReady(ready, flags, terminal)
  } catch (error) {
    await takeBack()
    throw error
  } finally {
    for (const signal of INTERRUPTIONS) process.off(signal, interrupted)
  }
  child.unref()
}

const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** It may have got as far as its name before it was ended. */
function left(name: string, pid: number | undefined): string[] {
  const found = findInstance(name)
  return found?.running === false && found.state?.pid === pid ? [found.file, found.state?.log ?? []].flat() : []
}

/** Its own until the instance is registered: another of the same name may run and write. */
function openLog(name: string): { folder: string; log: string; fd: number } {
  return inFolder((folder) => {
    const log = join(folder, `${name}.${process.pid}.log`)
    // Each line goes to the end, wherever that is by then: a log that grows too long is cut.
    return { folder, log, fd: openSync(log, modes.O_WRONLY | modes.O_CREAT | modes.O_TRUNC | modes.O_APPEND, 0o600) }
  })
}

function readiness(child: ChildProcess, { timeout, log }: { timeout: number; log: string }): Promise<Extract<News, { ready: State }>> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(notReady(`it was not within ${spell(timeout)}`, log)), timeout)
    child.once('error', (error) => reject(notReady(error.message, log)))
    // Not `exit`: what it has told may still be on its way.
    child.once('close', (code, signal) => reject(notReady(`its process ended at once, ${signal ?? `with code ${code}`}`, log)))
    child.once('message', (news: News) => {
      clearTimeout(late)
      if ('ready' in news) resolve(news)
      else reject(Object.assign(new Error(news.failed.message), news.failed))
    })
  })
}

/** What it has said is all that is known, and the log goes with it. */
function notReady(why: string, log: string): MockSuiteError {
  const last = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n')
  return new MockSuiteError(
    'not-ready',
    `could not start in the background: ${why}.${last === '' ? '' : ` Its last words:\n${last}\n`} Give it longer with --timeout, or start in the foreground to see more.`,
  )
}

/** At once: it has promised nothing to anybody yet. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

function tellReady({ instance, pid, addresses, log }: State, flags: RunValues, terminal: Terminal<AddressList>): void {
  if (flags.json) terminal.print(terminal.json(addresses))
  else if (!flags.quiet) terminal.print(addressTable(addresses, terminal))
  terminal.tell(`\nIt runs in the background as ${instance}, pid ${pid}, and writes to ${log}. mock-suite stop --instance ${instance} ends it.`)
}
