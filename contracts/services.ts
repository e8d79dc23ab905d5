import { config } from './config.ts'

/** Every contract of a fake that `start-all` starts, one line each. */
export const contracts = {
  config,
}
