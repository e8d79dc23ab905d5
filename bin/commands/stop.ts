import * as z from 'zod'
import { defineCommand } from '../kit/command.ts'
import { durationFlag } from '../kit/duration-flag.ts'
import { EXIT } from '../kit/exit.ts'
import { toggle } from '../kit/flag.ts'
import { clean, findInstance, type Instance, listInstances } from '../kit/instance/find.ts'
import { type Stopped, stopInstance } from '../kit/instance/stop-instance.ts'
import { noneOfThatName } from '../kit/instance/target.ts'
import { noneUnderWay } from '../kit/instance/under-way.ts'
import { DEFAULT_INSTANCE, instanceFlag } from '../kit/instance-flag.ts'

export const stop = defineCommand({
  flags: {
    instance: instanceFlag('the one of this name'),
    all: toggle('every one of this user'),
    timeout: durationFlag('how long requests under way, and all else, may take', { initial: '10s' }),
    force: toggle('end it at once when that is over'),
    ifRunning: toggle('nothing to stop is good too'),
  },
  output: () => z.strictObject({ stopped: z.array(z.strictObject({ instance: z.string(), pid: z.int(), forced: z.boolean() })) }),
  examples: ['mock-suite stop', 'mock-suite stop --all --if-running', 'mock-suite stop --instance ci --timeout 2s --force'],
  async run({ flags, terminal }) {
    const name = flags.instance ?? DEFAULT_INSTANCE
    if (!flags.all) await noneUnderWay(name, flags.timeout)
    const found = flags.all ? listInstances() : one(name)
    for (const stale of found) if (!stale.running) clean(stale, terminal.warn)
    const running = found.filter((instance) => instance.running)
    if (running.length === 0 && !flags.all && !flags.ifRunning) throw noneOfThatName(name)

    const tries = await Promise.allSettled(running.map((instance) => stopInstance(instance, flags)))
    const stopped = tries.flatMap((tried) => (tried.status === 'fulfilled' ? [tried.value] : []))
    const failed = tries.find((tried) => tried.status === 'rejected')
    if (flags.json && failed === undefined) terminal.print(terminal.json({ stopped }))
    else for (const told of stopped) terminal.tell(`mock-suite: ${sentence(told)}`)
    if (failed !== undefined) throw failed.reason
    if (running.length === 0) terminal.tell('mock-suite: nothing runs')
    return running.length > 0 || flags.ifRunning ? EXIT.good : EXIT.unavailable
  },
})

function one(name: string): Instance[] {
  const found = findInstance(name)
  return found === undefined ? [] : [found]
}

function sentence({ instance, pid, forced }: Stopped): string {
  return forced ? `${instance} (pid ${pid}) did not stop in time and was ended` : `${instance} (pid ${pid}) has stopped`
}
