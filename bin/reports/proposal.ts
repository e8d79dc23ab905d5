import type { Finding } from '../../contracts/drift/finding.ts'
import type { Proposal } from '../../contracts/drift/propose.ts'
import { visible } from '../../contracts/kit/visible.ts'
import { CHANGES, placeOf } from './drift-words.ts'

/** Proposals as patches with remarks between them: `git apply` takes the whole of it. */
export function proposalsText(proposals: readonly Proposal[]): string {
  return proposals.map(proposalText).join('\n\n')
}

function proposalText({ finding, before, after, diff, notes }: Proposal): string {
  const { service, verdict } = finding
  const facts = [
    `${service}.${placeOf(finding)} ${CHANGES[finding.change]} (${verdict})`,
    `the contract says ${finding.contractSays}; the real service says ${finding.realSays}, ${finding.seen.times} of ${finding.seen.of} times`,
    ...notes,
  ]
  const told = facts.map((fact) => `# ${visible(fact)}`)
  if (diff !== null) return [...told, diff].join('\n')
  if (after === null) return told.join('\n')
  return [
    ...told,
    `# to be written by hand, in ${visible(`${service}.${finding.operation}, ${whereIn(finding)}`)}:`,
    ...fragment('-', before),
    ...fragment('+', after),
  ].join('\n')
}

function whereIn({ direction, part, status, pointer }: Finding): string {
  if (part === 'status') return 'responses'
  return direction === 'request' ? `body, ${pointer}` : `responses[${status}], ${pointer}`
}

/** Behind a mark that no patch begins with. */
function fragment(mark: string, code: string | null): string[] {
  return code === null ? [] : code.split('\n').map((line) => `#   ${mark} ${line}`)
}
