import { contracts } from '../../contracts/services.ts'
import { environment } from '../../mocks/environment.ts'
import type { ServiceName, startSuite } from '../../mocks/index.ts'

type Suite = Awaited<ReturnType<typeof startSuite>>

/** Does what a command line of curl asks for, without a process: of the shell it knows quotes, variables and one command inside another. */
export async function runCurl(suite: Suite, command: string): Promise<{ status: number; seq: number; body: string }> {
  const words = await wordsOf(suite, command)
  if (words.shift() !== 'curl') throw new Error(`not a call of curl: ${command}`)
  const asked = { method: 'GET', url: '', headers: [] as [string, string][], body: undefined as string | undefined }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-X') asked.method = words.shift() ?? ''
    else if (word === '-H') asked.headers.push(header(words.shift() ?? ''))
    else if (word === '--data-raw') asked.body = words.shift() ?? ''
    else if (word !== '-s' && word !== '--path-as-is') asked.url = word
  }
  const { port, pathname, search } = new URL(asked.url)
  const raw = asked.url.slice(asked.url.indexOf('/', 'http://'.length))
  const service = Object.values(contracts).find((one) => String(one.port) === port)?.service as ServiceName
  const { method, headers, body } = asked
  const reply = await suite.fetch(service, raw === '' ? pathname + search : raw, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: reply.status, seq: suite.journal.total, body: await reply.text() }
}

const header = (text: string): [string, string] => [text.slice(0, text.indexOf(': ')), text.slice(text.indexOf(': ') + 2)]

async function wordsOf(suite: Suite, command: string): Promise<string[]> {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < command.length; ) {
    const rest = command.slice(at)
    const space = /^(?:\s|\\\n)+/.exec(rest)?.[0]
    const single = /^'([^']*)'/.exec(rest)
    const double = /^"((?:[^"$\\]|\$\w+|\\.)*)"/.exec(rest)
    const login = /^"([^"$]*)\$\((curl .*) \| sed '[^']*'\)"/.exec(rest)
    if (space !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
      at += space.length
    } else if (single) {
      word = (word ?? '') + single[1]
      at += single[0].length
    } else if (login) {
      const { body } = await runCurl(suite, login[2] as string)
      word = `${word ?? ''}${login[1]}${/"access_token":"([^"]*)"/.exec(body)?.[1]}`
      at += login[0].length
    } else if (double) {
      word = (word ?? '') + (double[1] as string).replace(/\$(\w+)/g, (_, name: string) => environment(suite.lane(0))[name] ?? '')
      at += double[0].length
    } else {
      const plain = /^(?:\\(.)|([^\s'"\\]+))/s.exec(rest)
      word = (word ?? '') + (plain?.[1] ?? plain?.[2] ?? '')
      at += plain?.[0].length ?? 1
    }
  }
  return word === undefined ? words : [...words, word]
}
