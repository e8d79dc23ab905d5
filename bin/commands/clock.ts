import type { ClockAdvanced, ClockInfo } from '../../contracts/control.ts'
import { control } from '../../contracts/control.ts'
import { type Call, defineCommand, type Group } from '../kit/command.ts'
import type { Flags } from '../kit/flag.ts'
import { remote, remoteFlags } from '../kit/remote.ts'

const now = defineCommand({
  flags: remoteFlags,
  output: () => control.operations.getClock.details().responses[200],
  examples: ['mock-suite clock now'],
  run: async (call) => tell(call, await remote(call.flags).get<ClockInfo>('/v1/clock', { lane: call.flags.lane })),
})

const advance = defineCommand({
  flags: remoteFlags,
  args: [{ name: 'by', summary: 'how far, e.g. 250ms, 61s, 2m, 1h, 30d' }],
  output: () => control.operations.advanceClock.details().responses[200],
  examples: ['mock-suite clock advance 61s', 'mock-suite clock advance 30d --lane 1'],
  run: async (call) => tell(call, await remote(call.flags).post<ClockAdvanced>('/v1/clock/advance', { lane: call.flags.lane }, { by: call.args[0] })),
})

const freeze = defineCommand({
  flags: remoteFlags,
  args: [{ name: 'at', summary: 'the instant to stand at, e.g. 2026-01-17T09:15:30Z; where it is when left out', optional: true }],
  output: () => control.operations.freezeClock.details().responses[200],
  examples: ['mock-suite clock freeze', 'mock-suite clock freeze 2026-01-17T09:15:30Z'],
  run: async (call) => {
    const [at] = call.args
    return tell(call, await remote(call.flags).post<ClockInfo>('/v1/clock/freeze', { lane: call.flags.lane }, at === undefined ? {} : { at }))
  },
})

const resume = defineCommand({
  flags: remoteFlags,
  output: () => control.operations.resumeClock.details().responses[200],
  examples: ['mock-suite clock resume'],
  run: async (call) => tell(call, await remote(call.flags).post<ClockInfo>('/v1/clock/resume', { lane: call.flags.lane })),
})

/** The clock of a lane; the service under test keeps its own. */
export const clock: Group = {
  commands: {
    now: { summary: 'Tells the instant on the clock of a lane.', load: async () => now },
    advance: { summary: 'Moves it on; what falls due on the way happens at once, in order.', load: async () => advance },
    freeze: { summary: 'Stops it where it stands, or at an instant.', load: async () => freeze },
    resume: { summary: 'Lets it run on from where it stands.', load: async () => resume },
  },
}

function tell<Clock extends ClockInfo & { ran?: number }>({ flags, terminal }: Pick<Call<Flags, Clock>, 'flags' | 'terminal'>, clock: Clock): undefined {
  const waiting = `${clock.pending} waiting on it${clock.ran === undefined ? '' : `, ${clock.ran} done on the way`}`
  terminal.print(flags.json ? terminal.json(clock) : clock.now)
  if (!flags.json) terminal.tell(`lane ${clock.lane}, ${clock.frozen ? 'frozen' : 'running'}, ${waiting}`)
}
