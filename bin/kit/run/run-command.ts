import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Suite } from '../../../mocks/kit/suite.ts'
import { plural } from '../../reports/plural.ts'
import type { BundleContext } from '../bundle/save-bundle.ts'
import { writeBundle } from '../bundle/write-bundle.ts'
import type { DataOf } from '../command.ts'
import type { common } from '../common.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import type { Values } from '../flag.ts'
import { openSuite } from '../open-suite.ts'
import { signalCode } from '../signal-code.ts'
import { surviveStrayErrors } from '../stray-errors.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { whenParentGone } from '../with-parent.ts'
import { type Child, startChild } from './child.ts'
import { childEnvironment } from './child-environment.ts'
import type { Fate } from './fate.ts'
import { judge } from './judge.ts'
import type { runFlags } from './run-flags.ts'
import type { runInfo } from './run-info.ts'
import { hearSignals } from './signals.ts'

type Flags = Values<typeof runFlags & typeof common>

/** How long an orphan has to end by itself, in milliseconds. */
const PATIENCE = 5000

/** Starts the fakes, runs the command beside them, stops them and judges how they were used. The command's own code goes before what was found. */
export async function runCommand(command: readonly string[], flags: Flags, terminal: Terminal<DataOf<typeof runInfo>>): Promise<ExitCode> {
  check(command, flags)
  if (flags.quiet) terminal.quiet()
  // From the very beginning: whoever started this may be gone before the suite is ready.
  const orphaned = flags.outliveParent ? undefined : whenParentGone()
  using signals = hearSignals(terminal)
  surviveStrayErrors(terminal)
  await using suite = await openSuite(flags.services.length === 0 ? undefined : flags.services, flags, terminal)
  if (signals.heard !== undefined) return signalCode(signals.heard)
  terminal.tell(`mock-suite: ${welcome(suite)}`)
  const child = startChild(command, childEnvironment(suite, process.env))
  signals.reach(child)
  void orphaned?.then(() => endOrphan(child, terminal))
  const fate = await child.ended
  if (fate.told !== undefined) terminal.warn(`mock-suite: ${fate.told}`)
  // What is under way belongs to the run: it ends, or is cut, before anything is judged.
  await suite.stop()
  return await settle({ command, fate, suite }, flags, terminal)
}

/** What would go wrong after a long run is better told before it. */
function check([file]: readonly string[], { noVerify, report }: Flags): void {
  if (file === '') throw new UsageError('the command is an empty word: name a program behind --')
  if (noVerify && report.length > 0) throw new UsageError('--report writes what --no-verify does not want to know: leave one of them out')
  for (const { file } of report) {
    try {
      mkdirSync(dirname(file), { recursive: true })
    } catch (error) {
      throw new UsageError(`could not make a folder for the report ${file}: ${(error as Error).message}`)
    }
  }
}

function welcome({ services, lanes, seed, control }: Suite): string {
  const reached = control === undefined ? '' : `; control API ${control.url}`
  return `${plural(services.length, 'fake')} ready in ${plural(lanes.length, 'lane')}, seed ${seed}${reached}`
}

/** Nobody is left who could end it. */
function endOrphan(child: Child, terminal: Pick<Terminal, 'warn'>): void {
  terminal.warn('mock-suite: whoever started this run is gone: ending the command')
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), PATIENCE).unref()
}

interface Finished {
  command: readonly string[]
  fate: Fate
  suite: Suite
}

/** Judges, reports, and decides on the code. */
async function settle({ command, fate, suite }: Finished, flags: Flags, terminal: Terminal<DataOf<typeof runInfo>>): Promise<ExitCode> {
  const { code, started, told = null } = fate
  const judged = started && !flags.noVerify ? await judge(suite, flags, terminal) : undefined
  const met = suite.coverage().percent
  const uncovered = started && flags.failUnder !== undefined && met < flags.failUnder
  if (uncovered) terminal.warn(`mock-suite: ${met} % of the failures were met, which is under ${flags.failUnder} %`)
  const exitCode = code !== EXIT.good || (judged?.good !== false && !uncovered) ? code : EXIT.findings
  const bundle = started && exitCode !== EXIT.good ? await bundled(suite, flags.bundle, { command, exitCode }, terminal) : undefined
  if (flags.json) {
    const verification = judged?.verification ?? null
    terminal.print(terminal.json({ code, told, seed: suite.seed, verification, coverage: { percent: met }, bundle: bundle ?? null }))
  }
  return exitCode
}

/** What is needed to have a run that failed once more. That it could not be written changes nothing about the failure. */
async function bundled(suite: Suite, folder: string | undefined, context: BundleContext, terminal: Pick<Terminal, 'warn'>): Promise<string | undefined> {
  if (folder === undefined) return undefined
  try {
    const written = await writeBundle(suite, folder, context)
    terminal.warn(`mock-suite: the bundle of this run is in ${written}; have it again with mock-suite replay ${written}`)
    return written
  } catch (error) {
    terminal.warn(`mock-suite: ${(error as Error).message}`)
    return undefined
  }
}
