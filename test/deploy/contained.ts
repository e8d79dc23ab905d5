import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { execa, execaSync } from 'execa'
import { onTestFinished } from 'vitest'
import { root } from '../house/files.ts'
import { shipped, theOne } from './dockerfile.ts'

/** Where the program is in the image, and in the stage that builds it. */
const HOME = '/opt/mock-suite'

/** What an image of ours has of a Debian around it. */
const SYSTEM = ['usr', 'bin', 'lib', 'lib64', 'sbin']

/** Makes a place like the container's of the image, without an engine: its files, nothing that may be written but /tmp, its user, and process 1. */
const ENTER = `
place=$1; shift
mount --make-rprivate /
mount --bind "$place" "$place"
for folder in ${SYSTEM.join(' ')}; do
  if [ -d "/$folder" ]; then mount --bind "/$folder" "$place/$folder"; fi
done
mount --rbind /dev "$place/dev"
mount -t proc proc "$place/proc"
mount -t tmpfs -o mode=1777 tmpfs "$place/tmp"
mount -o remount,bind,ro "$place"
exec chroot --userspec=${theOne('USER')} "$place" "$@"
`

/** Whether this machine lets us make one. */
export const canContain = execaSync('unshare', ['--mount', '--pid', '--fork', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { reject: false }).exitCode === 0

/** A folder with what the image is given by its own COPY. */
export function imageFolder(): string {
  const place = mkdtempSync(join(tmpdir(), 'mock-suite-image-'))
  // It is entered by somebody else.
  chmodSync(place, 0o755)
  onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  for (const folder of [...SYSTEM, 'dev', 'proc', 'tmp', theOne('WORKDIR')]) mkdirSync(join(place, folder), { recursive: true })
  for (const { words } of shipped().filter(({ name }) => name === 'COPY')) {
    const [, from = '', to = ''] = words.split(/\s+/)
    const source = relative(HOME, from)
    // What the program needs of them comes with it; they are for configurations in TypeScript.
    if (source !== 'node_modules') cpSync(join(root, source), join(place, to), { recursive: true })
  }
  return place
}

/** Runs a command in such a place. */
export function contained(place: string, words: readonly string[], env: Record<string, string>) {
  const inside = ['sh', '-ec', ENTER, 'sh', place, ...words]
  const child = execa('unshare', ['--mount', '--pid', '--fork', ...inside], {
    env: { PATH: process.env.PATH ?? '', ...env },
    extendEnv: false,
    reject: false,
    timeout: 60_000,
  })
  // Process 1 takes all of its place with it. The one out here does not: whoever has become another user hears nothing of a parent's end.
  onTestFinished(() => {
    if (child.exitCode === null) process.kill(firstIn(child.pid as number), 'SIGKILL')
  })
  return child
}

/** The number that process 1 of a place has out here. */
export function firstIn(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim())
}

/** The status that a request gets under a name, as through a published port or a network's alias. */
export function statusAs(host: string, port: number, path: string, token?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
    request({ host: '127.0.0.1', port, path, headers }, async (reply) => {
      let body = ''
      for await (const chunk of reply) body += chunk
      resolve({ status: reply.statusCode ?? 0, body })
    })
      .on('error', reject)
      .end()
  })
}
