import { alertMock } from './alert/index.ts'
import { configMock } from './config.ts'
import { marketplaceMock } from './marketplace/index.ts'
import { watermarkMock } from './watermark.ts'

/** Every fake that `start-all` starts, one line each. */
export const services = {
  alert: alertMock,
  marketplace: marketplaceMock,
  watermark: watermarkMock,
  config: configMock,
}
