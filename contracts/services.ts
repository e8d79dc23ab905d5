import { alert } from './alert.ts'
import { config } from './config.ts'
import { marketplace } from './marketplace/index.ts'
import { watermark } from './watermark.ts'

/** Every contract of a fake that `start-all` starts, one line each. */
export const contracts = {
  alert,
  marketplace,
  watermark,
  config,
}
