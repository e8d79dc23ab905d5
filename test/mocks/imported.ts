import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { importWireMock, type WireMockDraft } from '../../mocks/draft/wiremock/import-wiremock.ts'
import type { Mock } from '../../mocks/kit/mock.ts'
import { suiteOf } from '../../mocks/kit/suite.ts'
import { world } from '../../mocks/world/index.ts'

interface Options {
  templating?: boolean
  /** What lies in `__files`. */
  bodies?: Readonly<Record<string, string>>
}

/** Mappings as one file has them, imported. */
export function drafted(mappings: readonly object[], options: Options = {}): WireMockDraft {
  return draftedFrom({ 'mappings/all.json': { mappings } }, options)
}

/** Mapping files by name, in the order in which they are read. */
export function draftedFrom(files: Readonly<Record<string, object>>, { templating = false, bodies = {} }: Options = {}): WireMockDraft {
  return importWireMock({
    files: Object.entries(files).map(([name, content]) => ({ name, text: JSON.stringify(content) })),
    file: (name) => (bodies[name] === undefined ? undefined : Buffer.from(bodies[name])),
    service: 'imported',
    port: 8199,
    templating,
  })
}

/** The draft as somebody would run it: its TypeScript read, its mock at work. */
export async function startDrafted(draft: WireMockDraft) {
  const imported = await evaluated(draft)
  return suiteOf({ mocks: { imported }, world })({ ports: 'none', clock: '2026-01-17T09:15:30Z', seed: 7 })
}

const PACKAGE: Readonly<Record<string, string>> = {
  'mock-suite': resolve('mocks/index.ts'),
  'mock-suite/contracts': resolve('contracts/index.ts'),
  'mock-suite/wiremock': resolve('mocks/kit/wiremock/index.ts'),
  zod: createRequire(import.meta.url)
    .resolve('zod')
    .replace(/\.cjs$/, '.js'),
}

/** The mock that the two files of a draft make, with this checkout for the package. */
export async function evaluated({ contract, mock }: WireMockDraft): Promise<Mock> {
  const folder = mkdtempSync(join(tmpdir(), 'drafted-'))
  try {
    for (const [place, text] of Object.entries({ contracts: contract, mocks: mock })) {
      mkdirSync(join(folder, place))
      writeFileSync(
        join(folder, place, 'imported.ts'),
        text.replace(/from '([\w/-]+)'/g, (all, name: string) => (PACKAGE[name] === undefined ? all : `from '${PACKAGE[name]}'`)),
      )
    }
    const { importedMock } = await import(/* @vite-ignore */ join(folder, 'mocks/imported.ts'))
    return importedMock
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
