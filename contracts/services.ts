import { config } from './config.ts'
import { watermark } from './watermark.ts'

/** Every contract of a fake that `start-all` starts, one line each. */
export const contracts = {
  watermark,
  config,
}
