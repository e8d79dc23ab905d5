import { beforeAll, expect, test } from 'vitest'
import { allExamples } from './examples.ts'
import { judge } from './judge.ts'

const examples = allExamples()
let findings: Awaited<ReturnType<typeof judge>>

beforeAll(async () => {
  findings = await judge([...examples, broken, wrong, endless])
}, 240_000)

test.each(examples)('the example at $id compiles, runs, and does what it says', ({ id }) => {
  expect(findings.get(id)).toEqual([])
})

test('there are examples in the pages and in the code', () => {
  expect(examples.filter(({ file }) => file.endsWith('.md')).length).toBeGreaterThan(5)
  expect(examples.filter(({ file }) => file.endsWith('.ts')).length).toBeGreaterThan(5)
})

const example = (line: number, code: string) => ({ id: `docs/broken.md:${line}`, file: 'docs/broken.md', line, code, runs: true })
const broken = example(7, "import { duration } from 'mock-suite'\n\nconst seconds: string = duration('5s')\nthrow new Error(seconds)\n")
const wrong = example(20, "import { duration } from 'mock-suite'\nduration('5s') // 5\nconsole.log(duration('1m')) // a minute\n")
const endless = example(30, 'const [never] = await Promise.allSettled([Promise.reject(new Error("late"))])\nvoid Promise.reject(never)\n')

test('an example that does not compile, or throws, is named with its file and line', () => {
  expect(findings.get(broken.id)).toEqual([
    "docs/broken.md(9,7): error TS2322: Type 'number' is not assignable to type 'string'.",
    expect.stringMatching(/^Error: 5000\n\s+at .*docs\/broken\.md\.7\.ts:10:/),
  ])
})

test('an example whose comments promise something else is named with its file and line', () => {
  expect(findings.get(wrong.id)).toEqual(['docs/broken.md:21: is 5000, not 5', 'docs/broken.md:22: prints 60000, not a minute'])
})

test('an example that leaves an error behind which nobody catches is found out', () => {
  expect(findings.get(endless.id)).toEqual([expect.stringContaining('nobody caught')])
})
