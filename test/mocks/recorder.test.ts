import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRecorder, type RecorderOptions } from '../../mocks/kit/recorder.ts'
import { folder } from '../bin/folder.ts'
import { exchange, head, readAll } from '../contracts/recording.ts'

async function recorder(options: Partial<RecorderOptions> = {}) {
  const complaints: string[] = []
  const file = join(folder(), 'alert/2026.har')
  const opened = await openRecorder({ file, head, complain: (message) => void complaints.push(message), ...options })
  return { complaints, recorder: opened, read: () => readAll([readFileSync(opened.file)]) }
}

test('after every exchange the file is a whole HAR', async () => {
  const { recorder: kept, read } = await recorder()
  expect(await read()).toMatchObject({ broken: false, exchanges: [] })
  for (let count = 1; count <= 3; count += 1) {
    kept.keep(exchange({ lane: count }))
    await expect.poll(async () => (await read()).exchanges.map(({ lane }) => lane)).toHaveLength(count)
    expect(JSON.parse(readFileSync(kept.file, 'utf8')).log.entries).toHaveLength(count)
  }
  expect(await kept.close()).toEqual({ file: kept.file, kept: 3, lost: 0 })
})

test('it says what it is: version, creator, services, where the real ones are', async () => {
  const { recorder: kept } = await recorder()
  kept.keep(exchange())
  await kept.close()
  expect(JSON.parse(readFileSync(kept.file, 'utf8'))).toMatchObject({
    log: {
      version: '1.2',
      creator: { name: 'mock-suite', version: '0.1.0' },
      pages: [],
      _mockSuite: { schemaVersion: 1, recordedAt: '2026-01-17T09:15:30.000Z', services: ['alert'], upstreams: { alert: 'https://alert.example.test' } },
    },
  })
})

test('what comes at once is kept in the order in which it came', async () => {
  const { recorder: kept, read } = await recorder()
  for (let lane = 0; lane < 500; lane += 1) kept.keep(exchange({ lane }))
  expect(await kept.close()).toMatchObject({ kept: 500, lost: 0 })
  expect((await read()).exchanges.map(({ lane }) => lane)).toEqual(Array.from({ length: 500 }, (_, at) => at))
})

test('what has been removed so far stands behind the entries, whenever the process may end', async () => {
  let times = 0
  const { recorder: kept } = await recorder({ redaction: () => ({ removed: 'x'.repeat(times) }) })
  for (times = 1; times <= 3; times += 1) {
    kept.keep(exchange())
    await expect.poll(() => JSON.parse(readFileSync(kept.file, 'utf8')).log).toMatchObject({ _redaction: { removed: 'x'.repeat(times) } })
  }
  await kept.close()
  expect(JSON.parse(readFileSync(kept.file, 'utf8')).log.entries).toHaveLength(3)
})

test.skipIf(process.platform === 'win32')('only its owner may read it', async () => {
  const { recorder: kept } = await recorder()
  expect(statSync(kept.file).mode & 0o777).toBe(0o600)
  await kept.close()
})

test('a recording that is there already is left alone', async () => {
  const path = folder()
  const file = join(path, 'a.har')
  writeFileSync(file, 'precious')
  const [{ recorder: second }, { recorder: third }] = [await recorder({ file }), await recorder({ file })]
  for (const one of [second, third]) {
    one.keep(exchange())
    await one.close()
  }
  expect(readdirSync(path).sort()).toEqual(['a-2.har', 'a-3.har', 'a.har'])
  expect(readFileSync(file, 'utf8')).toBe('precious')
})

test('where nothing was kept, nothing is left', async () => {
  const path = folder()
  const { recorder: kept } = await recorder({ file: join(path, 'a.har') })
  expect(await kept.close()).toMatchObject({ kept: 0, lost: 0 })
  expect(readdirSync(path)).toEqual([])
})

test('what comes faster than it can be written is lost, counted and told once', async () => {
  const { recorder: kept, complaints, read } = await recorder({ bound: 1000 })
  for (let lane = 0; lane < 5; lane += 1) kept.keep(exchange({ lane }))
  expect(await kept.close()).toMatchObject({ kept: 1, lost: 4 })
  expect((await read()).exchanges).toHaveLength(1)
  expect(complaints).toEqual([expect.stringContaining('more comes than the disk takes')])
})

test('a full disk takes half an entry: it is taken back and told once, and what comes later is kept', async () => {
  const { recorder: kept, complaints, read } = await recorder()
  const lanes = async () => (await read()).exchanges.map(({ lane }) => lane)
  kept.keep(exchange({ lane: 1 }))
  await expect.poll(lanes).toEqual([1])
  await fullAfter(100)
  kept.keep(exchange({ lane: 2 }))
  await expect.poll(() => complaints).toEqual([expect.stringMatching(/could not keep an exchange in .*: ENOSPC/)])
  kept.keep(exchange({ lane: 3 }))
  await expect.poll(lanes).toEqual([1, 3])
  await fullAfter(0)
  kept.keep(exchange({ lane: 4 }))
  expect(await kept.close()).toMatchObject({ kept: 2, lost: 2 })
  expect(await read()).toMatchObject({ broken: false, skipped: [] })
  expect(complaints).toHaveLength(1)
})

test('what cannot be begun is told before anything runs', async () => {
  const path = folder()
  writeFileSync(join(path, 'file'), '')
  await expect(recorder({ file: join(path, 'file/a.har') })).rejects.toThrow(expect.objectContaining({ code: 'bad-recording' }))
})

/** The next write takes so many bytes, and the one after it fails as a full disk does. */
async function fullAfter(bytes: number): Promise<void> {
  const some = await open('package.json')
  const all = Object.getPrototypeOf(some) as FileHandle
  await some.close()
  const write = all.write
  const spy = vi.spyOn(all, 'write')
  onTestFinished(() => spy.mockRestore())
  const full = async () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
  if (bytes > 0) {
    const partial = (...[data, offset, , position]: unknown[]) => [data, offset, bytes, position]
    spy.mockImplementationOnce(function (this: FileHandle, ...given: unknown[]) {
      return write.apply(this, partial(...given) as never)
    } as never)
  }
  spy.mockImplementationOnce(full as never)
}
