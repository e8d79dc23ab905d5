import { alert } from './alert.ts'
import { comms } from './comms.ts'
import { config } from './config.ts'
import { marketplace } from './marketplace/index.ts'
import { metrics } from './metrics.ts'
import { user } from './user.ts'
import { watermark } from './watermark.ts'

/** Every contract of a fake that `start-all` starts, one line each. */
export const contracts = {
  alert,
  comms,
  marketplace,
  watermark,
  metrics,
  user,
  config,
}
