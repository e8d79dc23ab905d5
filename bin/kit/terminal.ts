import { styleText } from 'node:util'
import { json } from '../reports/json.ts'

type Style = Parameters<typeof styleText>[0]

/** Where a command speaks: data goes to standard output, talk to standard error. `Data` is what it may say to a program. */
export interface Terminal<Data = never> {
  /** Data. */
  print(text: string): void
  /** Data for a program to read, as it is printed: of the shape that the command declares. */
  readonly json: (data: Data) => string
  /** Talk that `--quiet` silences. */
  tell(text: string): void
  /** Talk that nothing silences. */
  warn(text: string): void
  /** Colours text that is to be printed; as it was when nobody would see colour. */
  paint(style: Style, text: string): string
  /** No more talk. */
  quiet(): void
  /** Aborted when nobody reads standard output any more, as after `| head`. */
  readonly unread: AbortSignal
  /** Settles when all that was printed is with the system. */
  flushed(): Promise<void>
}

/** The process's own. A reader who leaves (EPIPE) or a terminal that goes away (EIO) is nothing to fail over; lost data, as on a full disk, is. */
export function processTerminal(): Terminal<object> {
  let silent = false
  const unread = new AbortController()
  const warn = (text: string) => void process.stderr.write(`${text}\n`)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    unread.abort()
    if (error.code === 'EPIPE' || error.code === 'EIO') return
    warn(`mock-suite: could not write to standard output: ${error.message}. What it has is not whole.`)
    process.exitCode = 1
  })
  process.stderr.on('error', () => {})
  return {
    print: (text) => void (unread.signal.aborted || process.stdout.write(`${text}\n`)),
    json,
    tell: (text) => silent || warn(text),
    warn,
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    quiet() {
      silent = true
    },
    unread: unread.signal,
    flushed: () => new Promise((resolve) => (unread.signal.aborted ? resolve() : process.stdout.write('', () => resolve()))),
  }
}
