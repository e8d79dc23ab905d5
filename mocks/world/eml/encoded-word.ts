/** So many bytes of UTF-8 make an encoded word that fits on a line of 76 behind `Subject: ` (RFC 2047 §2). */
const WORD_BYTES = 39

/** The most that a line of a header should hold. */
const LINE = 76

/** Free text as the value of a header: one line of ASCII when it can be, encoded words otherwise. */
export function unstructured(text: string): string {
  const line = oneLine(text)
  return isPlain(line) && line.length <= LINE - 'Subject: '.length ? line : encodedWords(line)
}

/** A text that no header can break out of. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

/** ASCII that nobody could take for an encoded word. */
export const isPlain = (text: string): boolean => /^[ -~]*$/.test(text) && !text.includes('=?')

/** RFC 2047, with no character cut in two; the white space between the words vanishes when they are read. */
export function encodedWords(text: string): string {
  const words: string[] = ['']
  for (const character of text) {
    const longer = `${words.at(-1)}${character}`
    if (Buffer.byteLength(longer) > WORD_BYTES) words.push(character)
    else words[words.length - 1] = longer
  }
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}
