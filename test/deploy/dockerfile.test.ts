import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import about from '../../package.json' with { type: 'json' }
import { root } from '../house/files.ts'
import { dockerfile, execForm, instructionsOf, shipped, theOne } from './dockerfile.ts'
import { published, sorted } from './published.ts'
import { understood } from './understood.ts'

test('a checker of Dockerfiles has nothing to say, and would say it', () => {
  expect(validate(dockerfile)).toEqual([])
  expect(validate(dockerfile.replace('STOPSIGNAL', 'STOPSIGN')).map(({ message }) => message)).toEqual([expect.stringContaining('STOPSIGN')])
})

test('every port of a contract is exposed, and no other', () => {
  expect(sorted(theOne('EXPOSE').split(/\s+/).map(Number))).toEqual(sorted(published.map(({ port }) => port)))
})

test('it runs as a number that is not root, and stops on SIGTERM', () => {
  expect(theOne('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  expect(theOne('STOPSIGNAL')).toBe('SIGTERM')
})

test('it starts, and asks for its health, without a shell', async () => {
  const [node, program, ...none] = execForm(theOne('ENTRYPOINT'))
  expect([node, program, none]).toEqual(['node', '/opt/mock-suite/dist/bin/mock-suite.js', []])
  expect(await understood(execForm(theOne('CMD')))).toMatchObject({ command: 'start-all', args: [], host: ['0.0.0.0'] })
  const [asking, asked, ...words] = execForm(theOne('HEALTHCHECK'))
  expect([asking, asked]).toEqual([node, program])
  expect(await understood(words)).toMatchObject({ command: 'wait', args: [] })
})

test('it is built from one exact Node', () => {
  const [version] = instructionsOf(dockerfile)
  expect(version).toEqual({ name: 'ARG', words: expect.stringMatching(/^NODE=\d+\.\d+\.\d+-\w+-slim$/) })
  expect(instructionsOf(dockerfile).filter(({ name }) => name === 'FROM')).toEqual([
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: an argument of a Dockerfile.
    { name: 'FROM', words: 'node:${NODE} AS build' },
    { name: 'FROM', words: 'node:${NODE}' },
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: so far.
  ])
})

test('what is copied into the build is let in, and nothing else is', () => {
  const [first, ...others] = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const copied = instructionsOf(dockerfile).flatMap(({ name, words }) =>
    name === 'COPY' && !words.startsWith('--from') ? words.split(/\s+/).slice(0, -1) : [],
  )
  expect(first).toBe('*')
  expect(others.toSorted()).toEqual(copied.map((path) => `!${path}`).toSorted())
})

test('its label has the version of the package', () => {
  expect(theOne('LABEL')).toContain(`org.opencontainers.image.version="${about.version}"`)
  expect(shipped().filter(({ name }) => name === 'RUN')).toEqual([])
})
