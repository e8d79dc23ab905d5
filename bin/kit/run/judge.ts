import type { Verification } from '../../../contracts/verification.ts'
import type { Suite } from '../../../mocks/kit/suite.ts'
import { json } from '../../reports/json.ts'
import { verificationMarkdown } from '../../reports/verify-markdown.ts'
import { verificationReport } from '../../reports/verify-report.ts'
import { verificationSummary } from '../../reports/verify-words.ts'
import type { Values } from '../flag.ts'
import { saveReport } from '../save-report.ts'
import { appendStepSummary } from '../step-summary.ts'
import type { Terminal } from '../terminal.ts'
import { judgedBy } from '../verify-flags.ts'
import type { runFlags } from './run-flags.ts'

interface Judgement {
  verification: Verification
  /** It passed, and it is written wherever it is wanted. */
  good: boolean
}

/** Judges how the fakes were used, on standard error and wherever else it is wanted. */
export async function judge(suite: Suite, flags: Values<typeof runFlags>, terminal: Terminal): Promise<Judgement> {
  const verification = await suite.verify(judgedBy(flags))
  const report = (format: Parameters<typeof verificationReport>[0]) => verificationReport(format, verification, { gaps: false, paint: plain, json })
  if (verification.findings.length > 0 && !flags.quiet) terminal.warn(`\n${report('text')}\n`)
  terminal.warn(`mock-suite: verify: ${verificationSummary(verification)}`)
  // A runner reads its commands on standard error as well, where nothing else mixes with the command's own output.
  if (process.env.GITHUB_ACTIONS === 'true') {
    const annotations = report('github')
    if (annotations !== '') terminal.warn(annotations)
    appendStepSummary(verificationMarkdown(verification), terminal)
  }
  const written = flags.report.map(({ format, file }) => save(file, report(format), terminal))
  return { verification, good: verification.passed && written.every(Boolean) }
}

/** A disk that is full does not hide how the command ended. */
function save(file: string, report: string, terminal: Pick<Terminal, 'warn'>): boolean {
  try {
    saveReport(file, report)
    return true
  } catch (error) {
    terminal.warn(`mock-suite: ${(error as Error).message}`)
    return false
  }
}

/** Whether standard output is a terminal says nothing about standard error. */
const plain: Terminal['paint'] = (_style, words) => words
