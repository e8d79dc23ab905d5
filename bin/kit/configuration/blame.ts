import { relative } from 'node:path'

/** What went wrong while a module was loaded. */
export interface Blame {
  /** `mocks/ledger.ts:3`, from the working folder; the module that was loaded, where nothing says more. */
  place: string
  message: string
  /** A package that is wanted and not installed. */
  missing: string | undefined
}

/** Frames of people's own files: not Node's, not a package's, and not the loader's. */
const FRAME = /^\s+at (?:.*\()?(?:file:\/\/)?((?:[A-Za-z]:)?[\\/].+?):(\d+):\d+\)?$/gm
/** What Babel says after its message. */
const PARSED = /\s*\n\s*(\S.*?):(\d+):(\d+)\s*$/

/** Finds the line to look at in what a module threw. */
export function blame(error: unknown, file: string, cwd: string): Blame {
  const told = (path: string, ...at: (string | undefined)[]) => [relative(cwd, path) || path, ...at].join(':')
  if (!(error instanceof Error)) return { place: told(file), message: `it threw ${String(error)}`, missing: undefined }
  const parsed = PARSED.exec(error.message)
  if (parsed !== null && /ParseError|SyntaxError/.test(error.message)) {
    const message = error.message.slice(0, parsed.index).replace(/^\w*Error: /, '')
    return { place: told(parsed[1] as string, parsed[2], parsed[3]), message: message.trim(), missing: undefined }
  }
  const frame = [...(error.stack ?? '').matchAll(FRAME)].find(([, path = '']) => !/[\\/]node_modules[\\/]/.test(path))
  const message = (error.message.split('\n')[0] as string).replace(/ imported from .*$/, '')
  const place = frame === undefined ? told(file) : told(frame[1] as string, frame[2])
  return { place, message, missing: /^Cannot find (?:module|package) '((?![.\\/]|\w:)[^']+)'/.exec(message)?.[1] }
}
