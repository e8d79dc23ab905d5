import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Where a command speaks: data goes to standard output, talk to standard error. */
export interface Terminal {
  /** Data. */
  print(text: string): void
  /** Talk that `--quiet` silences. */
  tell(text: string): void
  /** Talk that nothing silences. */
  warn(text: string): void
  /** Colours text that is to be printed; as it was when nobody would see colour. */
  paint(style: Style, text: string): string
  /** No more talk. */
  quiet(): void
  /** Nobody reads standard output any more, as after `| head`. */
  readonly deaf: boolean
  /** Settles when all that was printed is with the system. */
  flushed(): Promise<void>
}

/** The process's own. A reader who leaves (EPIPE) or a terminal that goes away (EIO) is nothing to fail over. */
export function processTerminal(): Terminal {
  let silent = false
  let deaf = false
  process.stdout.on('error', () => {
    deaf = true
  })
  process.stderr.on('error', () => {})
  const warn = (text: string) => void process.stderr.write(`${text}\n`)
  return {
    print: (text) => void (deaf || process.stdout.write(`${text}\n`)),
    tell: (text) => silent || warn(text),
    warn,
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    quiet() {
      silent = true
    },
    get deaf() {
      return deaf
    },
    flushed: () => new Promise((resolve) => (deaf ? resolve() : process.stdout.write('', () => resolve()))),
  }
}
