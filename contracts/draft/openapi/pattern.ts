import { createContext, Script } from 'node:vm'

/** What to think of a document's pattern: that it can be used, that JavaScript does not know it, or that a text can keep it busy for hours. */
export type PatternVerdict = 'usable' | 'foreign' | 'endless'

/** Judges each pattern once. */
export function patternJudge(): (pattern: string) => PatternVerdict {
  const known = new Map<string, PatternVerdict>()
  const context = createContext({ pattern: '', texts: PROBES })
  return (pattern) => {
    let verdict = known.get(pattern)
    if (verdict === undefined) known.set(pattern, (verdict = !isPattern(pattern) ? 'foreign' : ends(pattern, context) ? 'usable' : 'endless'))
    return verdict
  }
}

/** In milliseconds: what ends at all ends a thousand times sooner. */
const PATIENCE = 500

const TRY = new Script('for (const text of texts) new RegExp(pattern).test(text)')

/** Runs of what patterns repeat, with something at the end that most of them refuse: it makes an engine that backtracks try every way. */
const PROBES: readonly string[] = ['a', 'A', '1', 'a1', 'a-', 'a.', 'a ', '/', 'a/', 'ab,'].flatMap((unit) => {
  const run = unit.repeat(40 / unit.length)
  return [`${run}!\u0000`, `http://${run}!\u0000`, `${run}@${run}!\u0000`]
})

/** A script is the one thing in JavaScript that can be told to stop. */
function ends(pattern: string, context: ReturnType<typeof createContext>): boolean {
  try {
    context.pattern = pattern
    TRY.runInContext(context, { timeout: PATIENCE })
    return true
  } catch {
    return false
  }
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) !== undefined
  } catch {
    return false
  }
}
