import { defineConfig, type Suite, startSuite } from 'mock-suite'
import { joinLane } from 'mock-suite/client'
import { type Contract, contracts, defineContract } from 'mock-suite/contracts'
import { globalSetupOf } from 'mock-suite/global-setup'

const suite = await startSuite({ services: ['config'], ports: 'none' })
const named: 'config' = suite.services[0] as 'config'
const contract: Contract = contracts.config
// @ts-expect-error: there is no such service
await startSuite({ services: ['confg'] })
// @ts-expect-error: a port is a number
defineConfig({ lanes: 'four' })

export const all: readonly unknown[] = [named, contract, defineContract, joinLane, globalSetupOf, suite satisfies Suite<'config'>]
