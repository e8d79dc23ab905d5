import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../bin/commands.ts'
import { type Command, type Group, isGroup } from '../../bin/kit/command.ts'
import { parse } from '../../bin/kit/parse.ts'
import { root } from '../house/files.ts'
import { anchorsOf, pages, read } from './markdown.ts'
import { callsOf } from './shell.ts'

interface Link {
  where: string
  page: string
  target: string
}

const links: Link[] = pages.flatMap((page) =>
  read(page).prose.flatMap((line, at) => {
    const text = line.replace(/`[^`]*`/g, '')
    const targets = [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(\S+)/g)].map(([, inline, reference]) => inline ?? reference ?? '')
    return targets.map((target) => ({ where: `${page}:${at + 1}`, page, target }))
  }),
)
const inside = links.filter(({ target }) => !/^[a-z][\w+.-]*:/i.test(target))

test('the pages are joined by links', () => {
  expect(inside.length).toBeGreaterThan(10)
})

test('every link into the project leads somewhere', () => {
  const lost = inside.filter(({ page, target }) => {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)))
    if (file.startsWith('..') || !existsSync(join(root, file))) return true
    return anchor !== undefined && !(statSync(join(root, file)).isFile() && anchorsOf(file).includes(anchor))
  })
  expect(lost.map(({ where, target }) => `${where} links to ${target}`)).toEqual([])
})

test('every page of docs/ can be reached from another', () => {
  const reached = new Set(inside.map(({ page, target }) => normalize(join(dirname(page), target.split('#')[0] || page))))
  const folders = [...reached].filter((target) => existsSync(join(root, target)) && statSync(join(root, target)).isDirectory())
  const alone = pages.filter(
    (page) =>
      page.startsWith('docs/') && page !== 'docs/README.md' && !reached.has(page) && !folders.some((folder) => dirname(page) === folder.replace(/\/$/, '')),
  )
  expect(alone, 'link to it from docs/README.md').toEqual([])
})

const calls = pages.flatMap((page) =>
  read(page)
    .blocks.filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language))
    .flatMap(callsOf),
)

test('the pages show how to call mock-suite', () => {
  expect(calls.length).toBeGreaterThan(3)
})

test('a call that mock-suite would refuse is found out', async () => {
  const code = 'mock-suite start-all --sed 7\nmock-suite clok now | cat\neval "$(mock-suite env --format \'shell\')"\n'
  const [flag, command, good] = callsOf({ file: 'docs/x.md', line: 5, language: 'sh', words: [], code })
  await expect(check(flag?.words ?? [])).rejects.toThrow('there is no flag --sed')
  await expect(check(command?.words ?? [])).rejects.toThrow('there is no command clok')
  expect(good).toMatchObject({ where: 'docs/x.md:7', words: ['env', '--format', 'shell'] })
})

test.each(calls)('$where: $line is a command with flags and words that it has', ({ words }) => check(words))

/** Reads a call as the program would, without running it. */
async function check(words: readonly string[]): Promise<void> {
  const { found, rest } = await resolve(words)
  if (isGroup(found)) expect(rest.filter((word) => word !== '--help' && word !== '-h')).toEqual([])
  else parse(rest, found, {})
}

/** The command that the first words name, and what is left of them. */
async function resolve(words: readonly string[]): Promise<{ found: Command | Group; rest: readonly string[] }> {
  let found: Command | Group = { commands: { ...commands } }
  let rest = words
  for (let at = rest.findIndex((word) => !word.startsWith('-')); isGroup(found) && at !== -1; at = rest.findIndex((word) => !word.startsWith('-'))) {
    const word = rest[at] as string
    const entry: Group['commands'][string] | undefined = found.commands[word]
    if (entry === undefined) throw new Error(`there is no command ${word}; there are ${Object.keys(found.commands).join(', ')}`)
    found = await entry.load()
    rest = rest.toSpliced(at, 1)
  }
  return { found, rest: isGroup(found) ? rest.filter((word) => !['--version', '-V'].includes(word)) : rest }
}
