import { domainToASCII } from 'node:url'
import { encodedWords, isPlain, oneLine } from './encoded-word.ts'

/** Somebody as a `From` or `To` names them; a phone number, user or URL becomes an address that no mail can reach. */
export function mailbox(who: string, channel: string): string {
  const line = oneLine(who)
  const [, name, inside] = /^(.*)<([^<>\s]+@[^<>\s]+)>$/.exec(line) ?? []
  if (inside !== undefined) return name?.trim() ? named(name.trim(), address(inside)) : address(inside)
  if (/^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/.test(line)) return address(line)
  return named(line, `${atom(line).slice(0, 60) || 'nobody'}@${channel}.invalid`)
}

/** `<email_0001@comms.mock-suite.invalid>` */
export const messageId = (id: string, service: string): string => `<${atom(id)}@${atom(service)}.mock-suite.invalid>`

/** Domains go out in ASCII; a local part that is not ASCII stays as it is (RFC 6532). */
function address(text: string): string {
  const at = text.lastIndexOf('@')
  const domain = text.slice(at + 1)
  return `${text.slice(0, at)}@${domainToASCII(domain) || domain}`
}

/** A long name has lines of its own, so that none grows too long. */
function named(name: string, address: string): string {
  const plain = isPlain(name) && name.length + address.length <= 60
  return plain ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : `${encodedWords(name)}\r\n <${address}>`
}

/** Letters that an address may hold bare; all others by their code, so that no two texts become one. */
const atom = (text: string): string => text.replace(/[^\w+-]/g, (character) => `=${character.charCodeAt(0).toString(16)}`)
