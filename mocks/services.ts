import { configMock } from './config.ts'
import { watermarkMock } from './watermark.ts'

/** Every fake that `start-all` starts, one line each. */
export const services = {
  watermark: watermarkMock,
  config: configMock,
}
