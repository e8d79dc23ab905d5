import { control } from '../../../contracts/control.ts'
import type { Contract } from '../../../contracts/kit/contract.ts'
import { type OpenApiDocument, openapi } from '../../../contracts/kit/openapi.ts'
import about from '../../../package.json' with { type: 'json' }
import type { Handlers, Subject } from './subject.ts'

/** What is agreed with every service that runs, and about this API itself. */
export function agreedHandlers({ suite }: Subject) {
  const lane = suite.lane(0)
  let all: { contracts: readonly Contract[]; document: OpenApiDocument } | undefined
  const options = {
    version: about.version,
    serverOf: ({ service, host, port }: Contract) => {
      const url = service === control.service ? suite.control?.url : lane.addresses.get(service)?.url
      return url ?? `http://${host}:${port}`
    },
  }
  /** Made once for each renewal of the suite. */
  const whole = () => {
    const { contracts } = suite.stage
    if (all?.contracts !== contracts) all = { contracts, document: openapi(contracts, options) }
    return all.document
  }
  return {
    listContracts: () => ({ status: 200, body: [...suite.stage.contracts, control].map(listed) }),
    getContractOpenapi({ params }) {
      const contract = params.service === control.service ? control : lane.service(params.service).contract
      return { status: 200, body: sent(openapi([contract], options)) }
    },
    getOpenapi: () => ({ status: 200, body: sent(whole()) }),
  } satisfies Handlers<'listContracts' | 'getContractOpenapi' | 'getOpenapi'>
}

function listed({ service, title, host, port, operations }: Contract) {
  return { service, title, host, port, operations: Object.keys(operations), openapi: `/v1/contracts/${service}/openapi.json` }
}

/** An interface has no index signature, which an open record asks for. */
const sent = (document: OpenApiDocument) => ({ ...document })
