import { FAILING_KINDS, FINDING_KINDS, type FindingKind } from '../../contracts/verification.ts'
import { choice, type Flag, list, toggle, type Values } from './flag.ts'

const kind = choice('', { words: FINDING_KINDS, initial: undefined })
const [kinds, allowed] = [
  list('the kinds of findings that fail', { value: 'KIND,…', names: FINDING_KINDS, initial: FAILING_KINDS, shown: 'all but refused' }),
  list('tell a kind of finding and fail nothing for it; may be given more than once', {
    value: 'KIND[:SERVICE[.OPERATION]]',
    names: 'finding',
    initial: [],
    shown: 'nothing',
  }),
]

/** The flags that say what a verification lets pass; services and operations are known to the suite alone. */
export const verifyFlags = {
  allow: { ...allowed, read: checked(allowed, (text) => text.split(':', 1)[0] as string) } satisfies Flag<readonly string[]>,
  failOn: { ...kinds, read: checked(kinds, (text) => text) } as Flag<readonly FindingKind[]>,
  strict: toggle('fail on every kind: on refused credentials too'),
}

/** What of it a suite is asked with. */
export function judgedBy({ allow, failOn, strict }: Values<typeof verifyFlags>): { allow: readonly string[]; failOn: readonly FindingKind[] } {
  return { allow, failOn: strict ? FINDING_KINDS : failOn }
}

function checked(flag: Flag<readonly string[]>, kindIn: (text: string) => string): Flag<readonly string[]>['read'] {
  return (text, before, env) => {
    const read = flag.read(text, before, env)
    for (const one of read) kind.read(kindIn(one), undefined, env)
    return read
  }
}
