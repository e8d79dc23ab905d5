import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface Holder {
  pid: number
  command: string
}

/** Which process listens on a port; nothing when this user may not know. */
export function holderOf(port: number): Holder | undefined {
  try {
    return process.platform === 'linux' ? fromProc(port) : fromLsof(port)
  } catch {
    return undefined
  }
}

function fromProc(port: number): Holder | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningInodes(table, port)))
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (openSockets(pid).some((inode) => inodes.has(inode))) return { pid: Number(pid), command: commandOf(pid) }
  }
  return undefined
}

/** Columns of the kernel's table: address and port in hexadecimal, state (0A is LISTEN), and, tenth, the inode. */
function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return read(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${wanted}`))
    .map((columns) => columns[9] as string)
}

function openSockets(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? [])
  } catch {
    return []
  }
}

/** A descriptor may be closed since it was listed; in our own process the one that lists always is. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function commandOf(pid: string): string {
  return read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim().slice(0, 120) || read(`/proc/${pid}/comm`).trim()
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function fromLsof(port: number): Holder | undefined {
  const told = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const pid = /^p(\d+)/m.exec(told)?.[1]
  return pid === undefined ? undefined : { pid: Number(pid), command: /^c(.+)/m.exec(told)?.[1] ?? '?' }
}
