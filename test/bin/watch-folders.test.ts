import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { foldersAround } from '../../bin/kit/watch/folders-around.ts'
import { watchFolders } from '../../bin/kit/watch/watch-folders.ts'
import { folder } from './folder.ts'

const place = () => realpathSync(folder())

test('where the system will not watch, that is said once, and every second somebody looks', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const file = join(place(), 'file')
  writeFileSync(file, '')
  const [stirred, blind] = [vi.fn(), vi.fn()]
  const watch = watchFolders(stirred, blind)
  watch.follow([join(file, 'no folder'), join(file, 'nor this')])
  watch.follow([join(file, 'still not')])
  expect(blind.mock.calls).toEqual([[expect.stringContaining('ENOTDIR')]])
  vi.advanceTimersByTime(3000)
  expect(stirred).toHaveBeenCalledTimes(3)
  watch.close()
  vi.advanceTimersByTime(3000)
  expect(stirred).toHaveBeenCalledTimes(3)
})

test('what stirs in one go is told once', async () => {
  const home = place()
  const told: number[] = []
  const watch = watchFolders(
    () => told.push(told.length),
    (reason) => expect.unreachable(reason),
  )
  onTestFinished(() => watch.close())
  watch.follow([home])
  for (const name of ['a', 'b', 'c']) writeFileSync(join(home, name), name)
  await expect.poll(() => told.length, { timeout: 5000 }).toBe(1)
})

test('a file stirs in its own folder; one that is not there in the nearest that is', () => {
  const home = place()
  const file = join(home, 'one', 'two', 'world.yaml')
  expect(foldersAround(file)).toEqual([home])
  mkdirSync(dirname(file), { recursive: true })
  expect(foldersAround(file)).toEqual([dirname(file)])
  rmSync(join(home, 'one'), { recursive: true })
  expect(foldersAround(file)).toEqual([home])
})

test('links stir where they lie: those to a file, and those to a folder on the way to it', () => {
  const home = place()
  mkdirSync(join(home, 'releases', 'one'), { recursive: true })
  mkdirSync(join(home, 'app'))
  writeFileSync(join(home, 'releases', 'one', 'world.yaml'), '')
  symlinkSync('../releases/one', join(home, 'app', 'current'))
  symlinkSync('app/current/world.yaml', join(home, 'world.yaml'))
  expect(foldersAround(join(home, 'world.yaml'))).toEqual(expect.arrayContaining([home, join(home, 'app'), join(home, 'releases', 'one')]))
})

test('links in a circle end', () => {
  const home = place()
  symlinkSync('other', join(home, 'one'))
  symlinkSync('one', join(home, 'other'))
  expect(foldersAround(join(home, 'one'))).toEqual([home])
})
