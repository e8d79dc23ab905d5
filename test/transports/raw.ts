import { connect, type Socket } from 'node:net'

/** A conversation over a bare socket, byte by byte. */
export interface Conversation {
  socket: Socket
  /** Everything heard so far, as latin1. */
  heard(): string
  /** Waits until the text was heard, or fails after five seconds. */
  until(text: string): Promise<string>
  /** Waits for the other side to end; tells how: politely, or by the code of an error. */
  end(): Promise<string>
}

export function talk(url: string, ...said: (string | Buffer)[]): Conversation {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  let heard = ''
  let ended: string | undefined
  const watchers = new Set<() => void>()
  const notify = () => {
    for (const watcher of watchers) watcher()
  }
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1')
    notify()
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ended ??= error.code ?? error.message
    notify()
  })
  for (const event of ['end', 'close'] as const) {
    socket.on(event, () => {
      ended ??= 'politely'
      notify()
    })
  }
  for (const bytes of said) socket.write(bytes)

  const wait = <T>(what: string, test: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const deadline = setTimeout(() => done(() => reject(new Error(`waited in vain for ${what}; heard ${JSON.stringify(heard)}, ended ${ended}`))), 5000)
      const done = (settle: () => void) => {
        clearTimeout(deadline)
        watchers.delete(check)
        settle()
      }
      const check = () => {
        const found = test()
        if (found !== undefined) done(() => resolve(found))
      }
      watchers.add(check)
      check()
    })

  return {
    socket,
    heard: () => heard,
    until: (text) => wait(text, () => (heard.includes(text) ? heard : undefined)),
    end: () => wait('the end', () => ended),
  }
}
