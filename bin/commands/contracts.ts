import * as z from 'zod'
import { control } from '../../contracts/control.ts'
import type { Contract, Operation } from '../../contracts/kit/contract.ts'
import { didYouMean } from '../../contracts/kit/nearest.ts'
import { defineCommand, type Group } from '../kit/command.ts'
import { choice } from '../kit/flag.ts'
import { projectContracts } from '../kit/project-contracts.ts'
import { UsageError } from '../kit/usage-error.ts'
import { columns } from '../reports/columns.ts'
import { contractText, operationText } from '../reports/contract.ts'
import { contractData, contractInfo, operationData, operationInfo } from '../reports/contract-data.ts'

const list = defineCommand({
  flags: {},
  output: () => z.strictObject({ contracts: z.array(contractInfo()) }),
  examples: ['mock-suite contracts list'],
  async run({ flags, terminal }) {
    const all = Object.values(projectContracts())
    if (flags.json) terminal.print(terminal.json({ contracts: all.map(contractData) }))
    else {
      const rows = all.map(({ service, port, host, operations, title }) => [service, String(port), host, String(Object.keys(operations).length), title])
      terminal.print(columns([['service', 'port', 'host', 'operations', 'title'], ...rows]))
    }
    return undefined
  },
})

const show = defineCommand({
  flags: {},
  args: [
    { name: 'service', names: 'service', summary: 'e.g. alert' },
    { name: 'operation', names: 'operation', summary: 'one of its operations; all in short when left out', optional: true },
  ],
  output: () => z.union([contractInfo(), operationInfo().describe('Of an operation')]),
  examples: ['mock-suite contracts show alert', 'mock-suite contracts show config getSecret'],
  async run({ flags, args: [service = '', name], terminal }) {
    const contract = contractOf(service)
    if (name === undefined) terminal.print(flags.json ? terminal.json(contractData(contract)) : contractText(contract, terminal))
    else {
      const operation = operationOf(contract, name)
      terminal.print(flags.json ? terminal.json(operationData(contract, name, operation)) : operationText(contract, name, operation, terminal))
    }
    return undefined
  },
})

const openapi = defineCommand({
  flags: { format: choice('how to write it', { words: ['json', 'yaml'], initial: 'json' }) },
  args: [{ name: 'service', names: 'service', summary: 'e.g. alert; all of them when left out', optional: true }],
  output: () => z.strictObject({ openapi: control.operations.getOpenapi.details().responses[200] }),
  examples: ['mock-suite contracts openapi alert --format yaml', 'mock-suite contracts openapi > openapi.json'],
  async run({ flags, args: [service], terminal }) {
    const { openapi } = await import('../../contracts/kit/openapi.ts')
    const { version } = await import('../version.ts')
    const document = openapi(service === undefined ? Object.values(projectContracts()) : [contractOf(service)], { version })
    if (flags.json) terminal.print(terminal.json({ openapi: { ...document } }))
    else if (flags.format === 'json') terminal.print(JSON.stringify(document, undefined, 2))
    else terminal.print((await import('../../scenarios/kit/yaml.ts')).writeYaml(document).trimEnd())
    return undefined
  },
})

/** What is agreed with each service; read from the contracts, so no suite need run. */
export const contracts: Group = {
  commands: {
    list: { summary: 'Lists the services, their addresses and how many operations each has.', load: async () => list },
    show: { summary: 'Shows one contract, or one operation with an example.', load: async () => show },
    openapi: { summary: 'Prints the OpenAPI 3.1 document of one service, or of all.', load: async () => openapi },
    diff: {
      summary: 'Tells what has changed between two versions of our contracts, or of OpenAPI documents, and whom it hurts.',
      load: async () => (await import('../kit/contracts-diff.ts')).contractsDiff,
    },
  },
}

function contractOf(service: string): Contract {
  const all = projectContracts()
  const contract = Object.hasOwn(all, service) ? all[service] : Object.values(all).find((one) => one.service === service)
  if (contract !== undefined) return contract
  const names = Object.values(all).map((one) => one.service)
  throw new UsageError(`there is no contract ${JSON.stringify(service)}.${didYouMean(service, names) || ` There are ${names.join(', ')}.`}`)
}

function operationOf(contract: Contract, name: string): Operation {
  const operation = Object.hasOwn(contract.operations, name) ? contract.operations[name] : undefined
  if (operation !== undefined) return operation
  const names = Object.keys(contract.operations)
  throw new UsageError(`${contract.service} has no operation ${JSON.stringify(name)}.${didYouMean(name, names) || ` It has ${names.join(', ')}.`}`)
}
