import http from 'node:http'
import axios, { isAxiosError } from 'axios'

/** One question to a fake. */
export interface Question {
  url: string
  headers: Record<string, string>
  /** In milliseconds, as the client understands it. */
  timeout: number
  /** What a service that is well says; any JSON will do when left out. */
  healthy?: unknown
}

/** One request, as users of a client write it, told in words: what was returned, or raised, and when. */
export type Client = (question: Question) => Promise<string>

export const clients: Readonly<Record<string, Client>> = {
  async fetch({ url, headers, timeout, healthy }) {
    let returned = ''
    try {
      const reply = await fetch(url, { headers, signal: AbortSignal.timeout(timeout) })
      returned = String(reply.status)
      return told(reply.status, reply.ok ? await reply.json() : await reply.text(), healthy)
    } catch (error) {
      return raised(error, returned)
    }
  },

  'node:http': ({ url, headers, timeout, healthy }) =>
    new Promise((resolve) => {
      let returned = ''
      const fail = (error: unknown) => resolve(raised(error, returned))
      const request = http.get(url, { headers, timeout, agent: false }, (reply) => {
        const { statusCode: status = 0 } = reply
        returned = String(status)
        let text = ''
        reply.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        reply.on('error', fail).on('end', () => {
          try {
            resolve(told(status, status < 300 ? JSON.parse(text) : text, healthy))
          } catch (error) {
            fail(error)
          }
        })
      })
      // Node tells of the time alone: to end the request is left to the caller.
      request.on('timeout', () => request.destroy()).on('error', fail)
    }),

  async axios({ url, headers, timeout, healthy }) {
    try {
      const { status, data } = await axios.get<unknown>(url, { headers, timeout, proxy: false })
      return typeof data === 'string' ? `${status}, data is ${data === '' ? 'an empty' : 'a'} string` : told(status, data, healthy)
    } catch (error) {
      // It returns nothing before it has all.
      return raised(error, '')
    }
  },
}

/** A reply that was returned. A refusal is told by its status alone. */
function told(status: number, body: unknown, healthy: unknown): string {
  return status >= 300 || healthy === undefined || toTheMinute(body) === toTheMinute(healthy) ? String(status) : `${status}, other JSON`
}

const toTheMinute = (body: unknown): string => JSON.stringify(body).replaceAll(/(T\d\d:\d\d):[\d.]+/g, '$1')

/** An error that was raised, and, when a reply had been returned before, its status. */
function raised(error: unknown, returned: string): string {
  return `${returned === '' ? '' : `${returned}, then `}${words(error)}`
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, code, cause } = error as NodeJS.ErrnoException & { cause?: unknown }
  const name = isAxiosError(error) ? 'AxiosError' : error.name
  // The messages of JSON and of time tell what their names tell, in words that Node changes.
  if (error instanceof SyntaxError || name === 'TimeoutError') return name
  const own = typeof code !== 'string' || message.includes(code) ? name : `${name} ${code}`
  return `${own}: ${steady(message)}${cause instanceof Error && name === 'TypeError' ? `, cause ${words(cause)}` : ''}`
}

/** Without what differs from run to run, and without the details in brackets. */
function steady(message: string): string {
  return message.replace(/ 127\.0\.0\.1:\d+/, '').replace(/ \(.*$/, '')
}
