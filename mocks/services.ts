import { alertMock } from './alert/index.ts'
import { commsMock } from './comms.ts'
import { configMock } from './config.ts'
import { marketplaceMock } from './marketplace/index.ts'
import { metricsMock } from './metrics.ts'
import { userMock } from './user.ts'
import { watermarkMock } from './watermark.ts'

/** Every fake that `start-all` starts, one line each. */
export const services = {
  alert: alertMock,
  comms: commsMock,
  marketplace: marketplaceMock,
  watermark: watermarkMock,
  metrics: metricsMock,
  user: userMock,
  config: configMock,
}
