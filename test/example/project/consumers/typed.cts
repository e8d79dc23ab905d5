import suite = require('mock-suite')
import contracts = require('mock-suite/contracts')

const started: Promise<suite.Suite<'config'>> = suite.startSuite({ services: ['config'], ports: 'none' })
// @ts-expect-error: there is no such service
suite.startSuite({ services: ['confg'] })

export const all: readonly unknown[] = [started, contracts.contracts.config satisfies contracts.Contract]
