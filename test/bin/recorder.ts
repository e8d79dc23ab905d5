import { commands } from '../../bin/commands.ts'
import { main } from '../../bin/kit/main.ts'
import { json } from '../../bin/reports/json.ts'

/** What one call of the command line said, without a process. */
export interface Said {
  code: number
  out: string
  err: string
  /** The one object that `--json` prints. */
  json(): Record<string, unknown>
}

/** Calls the command line in this process; `cwd` is the folder from which a configuration file is looked for. */
export async function mockSuite(words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd?: string): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []]
  let silent = false
  const terminal = {
    print: (text: string) => void out.push(text),
    json,
    tell: (text: string) => void (silent || err.push(text)),
    warn: (text: string) => void err.push(text),
    paint: (_style: unknown, text: string) => text,
    quiet() {
      silent = true
    },
    unread: new AbortController().signal,
    flushed: async () => {},
  }
  const code = await main(words, { version: '0.0.0-test', summary: 'Fakes.', commands, terminal, env, ...(cwd === undefined ? {} : { cwd }) })
  return { code, out: out.join('\n'), err: err.join('\n'), json: () => JSON.parse(out.join('\n')) as Record<string, unknown> }
}
