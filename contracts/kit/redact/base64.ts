import { isPseudonym } from './pseudonym.ts'

/** Runs of text that may be base64. Not `{10,}`: V8 counts that on its stack, which ends after some megabytes of one word. */
export const BASE64 = /(?<![\w+/=-])(?:[A-Za-z0-9+/]{9}[A-Za-z0-9+/]+|[\w-]{9}[\w-]+)={0,2}(?![\w+/=-])/g

/** The text that some base64 stands for, if it is text. */
export function readable(base64: string): string | undefined {
  if (base64.replace(/=+$/, '').length % 4 === 1 || isPseudonym(base64)) return undefined
  const bytes = Buffer.from(base64, 'base64')
  const decoded = bytes.subarray(0, 64).some((byte) => byte < 9) ? '' : bytes.toString('utf8')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what tells text from bytes
  return decoded === '' || /[\x00-\x08\x0e-\x1f\uFFFD]/.test(decoded) ? undefined : decoded
}
