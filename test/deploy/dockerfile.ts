import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../house/files.ts'

export interface Instruction {
  name: string
  words: string
}

export const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')

/** The instructions of a Dockerfile, those that go over several lines in one. */
export function instructionsOf(text: string): Instruction[] {
  return text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => {
      const [, name, words] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? []
      return name === undefined || words === undefined ? [] : [{ name, words }]
    })
}

/** Those of the image that is shipped: what follows the last FROM. */
export function shipped(text = dockerfile): Instruction[] {
  const all = instructionsOf(text)
  return all.slice(all.findLastIndex(({ name }) => name === 'FROM'))
}

/** The one instruction of a name. */
export function theOne(name: string, instructions = shipped()): string {
  const found = instructions.filter((one) => one.name === name)
  if (found.length !== 1) throw new Error(`the image has ${found.length} instructions ${name}`)
  return (found[0] as Instruction).words
}

/** The words of a command that no shell reads. */
export function execForm(words: string): string[] {
  return JSON.parse(words.slice(words.indexOf('['))) as string[]
}
