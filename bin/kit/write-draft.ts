import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import type { DraftContract } from '../../contracts/draft/draft.ts'
import { printContract } from '../../contracts/draft/print.ts'
import { MockSuiteError } from '../../contracts/kit/error.ts'
import type { DataOf } from './command.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** A draft for a program: its text, or the file that has it. */
export const draftInfo = () =>
  z.strictObject({
    service: z.string(),
    port: z.int(),
    host: z.string(),
    operations: z.array(z.string()),
    /** What it leaves out. */
    notes: z.array(z.string()),
    text: z.string().optional(),
    file: z.string().optional(),
  })

interface Where {
  out: string | undefined
  force: boolean
  inside: boolean
  json: boolean
}

/** Shows a draft, or writes it into a file; what it leaves out is told either way. */
export function writeDraft(draft: DraftContract, { out, force, inside, json: asJson }: Where, terminal: Terminal<DataOf<typeof draftInfo>>): void {
  const text = printContract(draft, { imports: inside ? 'kit' : 'package' })
  const file = out === undefined ? undefined : fileIn(out, `${draft.service}.ts`)
  if (file !== undefined) writeFile(file, text, force)
  const { service, port, host, operations, notes } = draft
  if (asJson)
    terminal.print(terminal.json({ service, port, host, operations: operations.map(({ name }) => name), notes, ...(file === undefined ? { text } : { file }) }))
  else if (file === undefined) terminal.print(text.trimEnd())
  for (const note of notes) terminal.tell(`note: ${note}`)
  if (file !== undefined) terminal.tell(`${file}: ${operations.length} operations`)
}

/** Into a folder it goes under the name of its service. */
function fileIn(out: string, name: string): string {
  const isFolder = out.endsWith('/') || (existsSync(out) && statSync(out).isDirectory())
  return isFolder ? join(out, name) : out
}

/** Makes the folders that lead to it. @throws UsageError for a file that is there, unless it may be written over. */
export function writeFile(file: string, text: string, force: boolean): void {
  if (!force && existsSync(file)) throw new UsageError(`${file} is there already. Give another --out, or --force to write over it`)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw new MockSuiteError('bad-import', `could not write ${file}: ${(error as Error).message}. Give another --out.`)
  }
}
