import { configMock } from './config.ts'

/** Every fake that `start-all` starts, one line each. */
export const services = {
  config: configMock,
}
