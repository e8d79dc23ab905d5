import { oddities } from './look-alikes.ts'

/** Further in, nobody looks. */
const MOST = 10_000

/** What probably happened to a body that is not JSON. */
export function whyNotJson(whole: string): string | null {
  const text = whole.slice(0, MOST)
  if (/^\s*[{[][^"]*'/.test(text)) return 'it looks like Python’s str() of a dict: send json.dumps of it'
  if (/^[\w.%-]+=[^{}]*$/.test(text)) return 'it looks like a form: with httpx and requests, json= instead of data='
  if (/,\s*[}\]]/.test(text)) return 'there is a comma before a closing bracket'
  const at = text.search(/[“”‘’\u00a0\u200b]/)
  if (at !== -1) return `it ${oddities(text.slice(at, at + 1))}`
  return whole.length <= MOST && incomplete(text) ? 'it ends too early' : null
}

/** More brackets were opened than closed. */
function incomplete(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '')
  return (bare.match(/[{[]/g)?.length ?? 0) > (bare.match(/[}\]]/g)?.length ?? 0)
}

/** The value that somebody meant who sent a dict's `str()`, or a form, in place of JSON; nothing where it is neither. */
export function meantAsJson(text: string): unknown {
  if (/^\s*\{[^"]*'/.test(text)) {
    const json = text
      .replaceAll("'", '"')
      .replaceAll(/\bTrue\b/g, 'true')
      .replaceAll(/\bFalse\b/g, 'false')
      .replaceAll(/\bNone\b/g, 'null')
    return parsed(json)
  }
  if (/^[\w.%-]+=[^{}]*$/.test(text)) return Object.fromEntries(new URLSearchParams(text))
  return parsed(text.replaceAll(/,(\s*[}\]])/g, '$1'))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
