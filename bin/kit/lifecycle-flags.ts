import { durationFlag } from './duration-flag.ts'
import { toggle } from './flag.ts'
import { instanceFlag } from './instance-flag.ts'

/** The flags that say how long a suite lives, and how it is found. */
export const lifecycleFlags = {
  detach: toggle('run in the background: returns once every fake listens', { short: 'd' }),
  timeout: durationFlag('how long --detach waits for that', { initial: '30s' }),
  instance: instanceFlag('the name by which other commands find it', 'default with --detach; none in the foreground'),
  withParent: toggle('stop when the process that started it is gone'),
}
