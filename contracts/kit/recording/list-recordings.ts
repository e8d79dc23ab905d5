import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { MockSuiteError } from '../error.ts'

/**
 * The recordings that a path stands for: itself, or all `.har` files below it, in order.
 * Of services that are named, it lists what lies in a folder of that name; a file in no folder below the path may be of any service.
 *
 * @throws MockSuiteError `bad-recording` when there is no such path.
 */
export function listRecordings(path: string, services?: readonly string[]): string[] {
  if (!existsSync(path)) throw new MockSuiteError('bad-recording', `could not find recordings in ${path}: there is no such file or folder. Record some.`)
  if (!statSync(path).isDirectory()) return [path]
  return (readdirSync(path, { recursive: true }) as string[])
    .filter((name) => /\.har$/i.test(name) && isOf(services, name, path))
    .map((name) => join(path, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .sort()
}

function isOf(services: readonly string[] | undefined, name: string, path: string): boolean {
  const folders = dirname(name).split(sep)
  if (services === undefined || folders[0] === '.') return true
  return [basename(resolve(path)), ...folders].some((folder) => services.includes(folder))
}
