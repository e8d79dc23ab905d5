import { visible, visibleLines } from '../../contracts/kit/visible.ts'
import type { Case, Outcome, Result } from './result.ts'

/** One suite a service, one case a thing that was looked at: failed, skipped or passed. Nothing was timed, so no time is told. */
export function junit({ name, results, cases }: Outcome): string {
  const judged = cases.map((one) => judge(one, results))
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite) => {
    const own = judged.filter((one) => one.suite === suite)
    return element('testsuite', { name: suite, ...counts(own), errors: '0' }, own.map(testcase).join(''))
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name, ...counts(judged), errors: '0' }, suites.join(''))}`
}

interface Judged extends Case {
  failed: readonly Result[]
  /** Found, and not what makes the run fail. */
  told: readonly Result[]
}

function judge(one: Case, results: readonly Result[]): Judged {
  const own = results.filter(({ suite, case: name }) => suite === one.suite && name === one.name)
  return { ...one, failed: own.filter(({ fails }) => fails), told: own.filter(({ fails }) => !fails) }
}

function counts(cases: readonly Judged[]): Attributes {
  const skipped = cases.filter(({ failed, skipped }) => failed.length === 0 && skipped !== undefined)
  return { tests: String(cases.length), failures: String(cases.filter(({ failed }) => failed.length > 0).length), skipped: String(skipped.length) }
}

/** Readers of JUnit look at the first failure of a case only: all of them are told in it. */
function testcase({ suite, name, skipped, failed, told }: Judged): string {
  const [first] = failed
  const ending =
    first !== undefined
      ? element('failure', { type: first.rule, message: failed.length === 1 ? first.title : `${first.title} (and ${failed.length - 1} more)` }, prose(failed))
      : skipped !== undefined
        ? element('skipped', { message: skipped })
        : ''
  const rest = told.length === 0 ? '' : element('system-out', {}, prose(told))
  return element('testcase', { classname: suite, name }, ending + rest)
}

function prose(results: readonly Result[]): string {
  return escaped(
    results
      .map(({ title, message, level, accepted, id }) => {
        const head = `${level}: ${visible(title)} [${visible(id)}]${accepted === undefined ? '' : ` accepted: ${visible(accepted)}`}`
        return `${head}\n${visibleLines(message).replace(/^/gm, '  ')}`
      })
      .join('\n\n'),
  )
}

type Attributes = Readonly<Record<string, string>>

function element(name: string, attributes: Attributes, content = ''): string {
  const head = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(visible(value))}"`)
    .join('')}`
  if (content === '') return `${head}/>\n`
  return `${head}>${content.startsWith('<') ? '\n' : ''}${content}</${name}>\n`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string)
