import * as z from 'zod'
import type { LaneBundle } from '../../contracts/bundle.ts'
import type { LaneInfo, SuiteInfo } from '../../contracts/control.ts'
import { readJson } from '../../contracts/kit/json.ts'
import type { Verification } from '../../contracts/verification.ts'
import { saveBundle } from '../kit/bundle/save-bundle.ts'
import { defineCommand } from '../kit/command.ts'
import { text } from '../kit/flag.ts'
import { type Remote, remote, remoteFlags } from '../kit/remote.ts'

export const bundle = defineCommand({
  flags: {
    ...remoteFlags,
    lane: { ...remoteFlags.lane, shown: 'all of them' },
    out: text('the folder to write; a number is put behind the name of one that is there', { value: 'FOLDER', initial: 'bundle' }),
  },
  output: () => z.strictObject({ folder: z.string(), whole: z.boolean() }),
  examples: ['mock-suite bundle', 'mock-suite bundle --lane 2 --out artifacts/bundle', 'mock-suite replay bundle'],
  async run({ flags, terminal }) {
    const suite = remote(flags)
    const { version } = await suite.get<SuiteInfo>('/v1/suite')
    const numbers = flags.lane === undefined ? (await suite.get<LaneInfo[]>('/v1/lanes')).map(({ lane }) => lane) : [flags.lane]
    const lanes: LaneBundle[] = []
    for (const lane of numbers) lanes.push(await laneBundle(suite, lane))
    const verification = await suite.get<Verification>('/v1/verification', { lane: flags.lane })
    const folder = await saveBundle({ lanes, version, verification }, flags.out)
    for (const { day } of lanes) if (day.incomplete !== null) terminal.warn(`mock-suite: lane ${day.lane} is not whole: ${day.incomplete}`)
    if (flags.json) terminal.print(terminal.json({ folder, whole: lanes.every(({ day }) => day.incomplete === null) }))
    else terminal.print(folder)
    return undefined
  },
})

/** Long numbers are kept to the digit. */
async function laneBundle(suite: Remote, lane: number): Promise<LaneBundle> {
  const reply = await suite.ask('GET', '/v1/bundle', { lane })
  const read = readJson(Buffer.from(await reply.arrayBuffer()), true)
  if ('problem' in read) throw new Error('what the suite sent is no JSON')
  return read.value as LaneBundle
}
