import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../house/files.ts'
import { leaksIn } from './leak-scanner.ts'

const folder = join(root, 'contracts/recordings')
const recordings = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.har')).sort()

test('there are recordings to look at', () => {
  expect(recordings).not.toEqual([])
})

test.each(recordings)('nothing that looks like a secret is left in contracts/recordings/%s', (name) => {
  expect(leaksIn(readFileSync(join(folder, name), 'utf8'))).toEqual([])
})
