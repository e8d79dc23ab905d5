import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSuite } from '../../mocks/index.ts'
import { services } from '../../mocks/services.ts'
import { root } from '../house/files.ts'
import { code, expectPart, tableOf } from './generated.ts'

const page = 'docs/library.md'

test.each([
  ['options', 'SuiteOptions'],
  ['control', 'ControlOptions'],
])('docs/library.md tells the %s as their comments do', (part, name) => {
  const rows = membersOf('mocks/kit/suite-options.ts', name).map(({ member, type, told, initial }) => [code(member), code(type), initial || '–', told])
  expectPart(page, part, tableOf(['option', 'type', 'default', 'what it does'], rows))
})

test('docs/library.md tells what a suite has as its comments do', () => {
  const rows = membersOf('mocks/kit/suite.ts', 'Suite').map(({ member, type, told, thrown }) => [code(member), code(type), [told, thrown].join(' ').trim()])
  expectPart(page, 'suite', tableOf(['member', 'type', 'what it is'], rows))
})

test('every option and every member of a suite has a sentence', () => {
  const members = [
    ...membersOf('mocks/kit/suite-options.ts', 'SuiteOptions'),
    ...membersOf('mocks/kit/suite-options.ts', 'ControlOptions'),
    ...membersOf('mocks/kit/suite.ts', 'Suite'),
  ]
  expect(members.length).toBeGreaterThan(25)
  expect(members.filter(({ told }) => told === '')).toEqual([])
})

test('without options a suite is what the defaults say', async () => {
  await using suite = await startSuite({ ports: 'none' })
  expect([suite.services, suite.seed, suite.lanes.length, suite.control, suite.clock.frozen]).toEqual([Object.keys(services), 42, 1, undefined, false])
})

interface Member {
  member: string
  type: string
  told: string
  initial: string
  thrown: string
}

/** The members of an interface with the words of their comments. */
function membersOf(file: string, name: string): Member[] {
  const source = readFileSync(join(root, file), 'utf8').replace(/\/\*\*\n[\s\S]*?\*\//g, inOneLine)
  const [, body = ''] = new RegExp(`export interface ${name}\\b.*\\{\\n([\\s\\S]*?)\\n\\}`).exec(source) ?? []
  return [...body.matchAll(/(?:\/\*\* (.*?) \*\/\n\s*)?^ {2}(?:readonly )?(\w+)(\(.*?\))?\??: (.+)$/gm)].map(
    ([, comment = '', member = '', call = '', type = '']) => {
      const [told = '', ...tags] = comment.split(/ ?(?=@(?:default|throws) )/)
      const tag = (kind: string) => tags.find((one) => one.startsWith(`@${kind} `))?.slice(kind.length + 2) ?? ''
      const alone = told.startsWith('@') ? '' : told
      const thrown = tag('throws') || (told.startsWith('@throws ') ? told.slice(8) : '')
      const initial = tag('default') || (told.startsWith('@default ') ? told.slice(9) : '')
      return {
        member: `${member}${call === '' ? '' : '()'}`,
        type: `${call}${call === '' ? '' : ' => '}${type}`,
        told: alone,
        initial: plain(initial),
        thrown: thrown === '' ? '' : `Throws ${thrown.replace(/\.$/, '').replace(/\{@link (\w+)\}/, '`$1`')}.`,
      }
    },
  )
}

const inOneLine = (comment: string): string =>
  `/** ${comment
    .replace(/^ *(?:\/\*\*|\*\/|\*)/gm, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*\*\/$/, '')
    .trim()} */`

/** `'fixed'` as it is typed, words as they are. */
const plain = (initial: string): string => (/^(?:'.*'|\d+|true|false)$/.test(initial) ? code(initial) : initial)
