import type { Verification } from '../../contracts/verification.ts'
import type { Terminal } from '../kit/terminal.ts'
import { version } from '../version.ts'
import { github } from './github.ts'
import { junit } from './junit.ts'
import { sarif } from './sarif.ts'
import { verificationText } from './verify.ts'
import { verificationMarkdown } from './verify-markdown.ts'
import { verificationOutcome } from './verify-outcome.ts'

export const VERIFICATION_FORMATS = ['text', 'json', 'junit', 'sarif', 'github', 'markdown'] as const
export type VerificationFormat = (typeof VERIFICATION_FORMATS)[number]

/** A verification as somebody wants to read it. */
export function verificationReport(
  format: VerificationFormat,
  verification: Verification,
  look: Pick<Terminal<Verification>, 'paint' | 'json'> & { gaps: boolean },
): string {
  switch (format) {
    case 'text':
      return verificationText(verification, look)
    case 'markdown':
      return verificationMarkdown(verification)
    case 'json':
      return look.json(verification)
    case 'junit':
      return junit(verificationOutcome(verification))
    case 'sarif':
      return sarif(verificationOutcome(verification), { version })
    case 'github':
      return github(verificationOutcome(verification))
  }
}
