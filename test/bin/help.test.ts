import { expect, test } from 'vitest'
import { commands } from '../../bin/commands.ts'
import { isGroup } from '../../bin/kit/command.ts'
import { variable } from '../../bin/kit/parse.ts'
import { code, expectPart, tableOf } from '../docs/generated.ts'
import { mockSuite } from './recorder.ts'

const names = (
  await Promise.all(
    Object.entries(commands)
      .filter(([, { hidden }]) => hidden !== true)
      .map(async ([name, { load }]) => {
        const found = await load()
        return isGroup(found) ? Object.keys(found.commands).map((word) => `${name} ${word}`) : [name]
      }),
  )
).flat()

/** The lines below a heading of a help page, as `[left, right]`. */
function section(page: string, heading: string): [string, string][] {
  const lines = page.split('\n')
  const from = lines.indexOf(`${heading}:`) + 1
  const rest = from === 0 ? [] : lines.slice(from)
  const end = rest.indexOf('')
  return rest.slice(0, end === -1 ? undefined : end).map((line) => {
    const [, left = '', right = ''] = /^ {2}(\S.*?) {2,}(.*)$/.exec(line) ?? []
    return [left, right]
  })
}

const helpOf = async (...words: string[]) => (await mockSuite([...words, '--help'])).out

test('docs/cli.md lists the commands that --help lists', async () => {
  const rows = await Promise.all(
    section(await helpOf(), 'Commands').map(async ([name, told]) => {
      const own = section(await helpOf(name), 'Commands').map(([full]) => code(full.slice(name.length + 1)))
      return [`[${code(name)}](#${name})`, own.join(' · ') || '', told]
    }),
  )
  expectPart('docs/cli.md', 'commands', tableOf(['command', '', 'does'], rows))
})

test.each(names)('docs/cli.md gives the words and flags of %s as its --help does', async (name) => {
  const page = await helpOf(...name.split(' '))
  const words = section(page, 'Words').map(([word, told]) => [code(word), told])
  const flags = section(page, 'Flags').filter(([typed]) => !/--(json|help|config|no-config)\b/.test(typed))
  expect(flags.every(([typed]) => typed !== '')).toBe(true)
  expectPart('docs/cli.md', name, [
    `${code(page.split('\n')[0]?.replace('Usage: ', ''))} ${page.split('\n')[2]}`,
    ...(words.length === 0 ? [] : ['', ...tableOf(['word', 'is'], words)]),
    ...(flags.length === 0
      ? []
      : [
          '',
          ...tableOf(
            ['flag', 'does'],
            flags.map(([typed, told]) => [code(typed), told]),
          ),
        ]),
  ])
})

test('the variable that help names for a flag is the one that is read', async () => {
  const page = await helpOf('start-all')
  expect(page).toContain(`Each flag can be given by environment: --host is ${variable('host')}. The flag wins.`)
})
