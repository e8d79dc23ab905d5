import type { Contract } from './contract.ts'
import { describeOperation, type OperationObject } from './openapi/operation.ts'
import { schemaWriter } from './openapi/schema.ts'
import { describeSchemes } from './openapi/security.ts'

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  servers: { url: string; description: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, OperationObject>>
  components: { securitySchemes: Record<string, object>; schemas: Record<string, object> }
}

export interface OpenApiOptions {
  version: string
  /** Where a service listens. @default its DNS name and port */
  serverOf?: (contract: Contract) => string
}

/**
 * The OpenAPI 3.1 document of one service, or of several. Several services may answer at the same path (`/health`), so in a common
 * document each path begins with its service's name, as if the fakes were mounted under one roof.
 *
 * @example
 * import { contracts, openapi } from 'mock-suite/contracts'
 *
 * const document = openapi([contracts.alert], { version: '0.1.0' })
 * Object.keys(document.paths).includes('/api/v1/alerts') // true
 */
export function openapi(contracts: readonly Contract[], { version, serverOf = plannedServer }: OpenApiOptions): OpenApiDocument {
  const [only] = contracts
  const single = contracts.length === 1 && only !== undefined
  const operations = contracts.flatMap((contract) =>
    Object.entries(contract.operations).map(([name, operation]) => ({ contract, name, operation, prefix: single ? '' : `/${contract.service}` })),
  )
  const schemas = schemaWriter()
  const paths: OpenApiDocument['paths'] = {}
  for (const { contract, name, operation, prefix } of operations) {
    const path = prefix + templated(operation.path)
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describeOperation(contract, name, operation, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: single
      ? { title: only.title, version, description: `What is agreed about the ${only.title.toLowerCase()}, as mock-suite fakes it.` }
      : {
          title: 'mock-suite',
          version,
          description: 'What is agreed about every neighbour of the signal service. Each path begins with the name of its service.',
        },
    servers: contracts.map((contract) => ({ url: serverOf(contract), description: contract.title })),
    tags: contracts.map(({ service, title }) => ({ name: service, description: title })),
    paths,
    components: { securitySchemes: describeSchemes(contracts), schemas: schemas.shared },
  }
}

const plannedServer = ({ host, port }: Contract): string => `http://${host}:${port}`

/** `/alerts/:id/*` becomes `/alerts/{id}/{rest}`. */
function templated(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{rest}')
}
