import { readFileSync } from 'node:fs'
import { isatty } from 'node:tty'

/**
 * Whether a terminal hands its Ctrl-C to this process: then it hands it to the whole group in its foreground, so that the command has it
 * already, and a second one would cut short what the command does about the first.
 */
export function terminalSignals(): boolean {
  try {
    return inForeground(readFileSync('/proc/self/stat', 'utf8'))
  } catch {
    return [0, 1, 2].some((stream) => isatty(stream))
  }
}

/** Linux tells a process's group and the one in its terminal's foreground, -1 without a terminal: also where every stream is redirected. */
function inForeground(stat: string): boolean {
  // A name in brackets may hold anything.
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
  return group === foreground
}
