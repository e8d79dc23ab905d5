import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, isIPv4, type LookupFunction } from 'node:net'
import { MockSuiteError } from '../../../contracts/kit/error.ts'

/**
 * Why nobody may be sent to an address; nothing when it is an ordinary one. A metadata service gives a machine's credentials to whoever asks
 * from it, and a recording would keep them.
 */
export function forbidden(address: string): string | undefined {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  if (METADATA.check(address, family)) return 'it is the address of a cloud’s metadata service, or link-local, where such services are'
  if (NOWHERE.check(address, family)) return 'it is the address of no machine'
  return undefined
}

/** Whether an address is this machine's own loopback. */
export const isLoopback = (address: string): boolean => isIP(address) !== 0 && LOOPBACK.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')

/** The look-up of every connection: a name that was harmless when it was checked may lead elsewhere when it is used. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error !== null) return callback(error, '')
    for (const { address } of found) {
      const why = forbidden(address)
      if (why !== undefined) return callback(new MockSuiteError('bad-upstream', `${hostname} leads to ${address}: ${why}.`), '')
    }
    const first = found[0] as LookupAddress
    if (options.all) callback(null, found)
    else callback(null, first.address, first.family)
  })
}

// A list of IPv4 addresses holds for those that IPv6 maps (::ffff:0:0/96) as well; those that IPv6 holds in other ways (NAT64, 6to4, the oldest) are named.
const METADATA = new BlockList()
METADATA.addSubnet('169.254.0.0', 16)
METADATA.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6')
METADATA.addSubnet('64:ff9b:1::a9fe:0', 112, 'ipv6')
METADATA.addSubnet('2002:a9fe::', 32, 'ipv6')
METADATA.addSubnet('::a9fe:0', 112, 'ipv6')
METADATA.addSubnet('fe80::', 10, 'ipv6')
// AWS over IPv6, Google over IPv6, Alibaba, Oracle's older one, Azure's wire server.
METADATA.addAddress('fd00:ec2::254', 'ipv6')
METADATA.addAddress('fd20:ce::254', 'ipv6')
METADATA.addAddress('100.100.100.200')
METADATA.addAddress('192.0.0.192')
METADATA.addAddress('168.63.129.16')

const NOWHERE = new BlockList()
NOWHERE.addSubnet('0.0.0.0', 8)
NOWHERE.addSubnet('224.0.0.0', 4)
NOWHERE.addAddress('255.255.255.255')
NOWHERE.addAddress('::', 'ipv6')
NOWHERE.addSubnet('ff00::', 8, 'ipv6')

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8)
LOOPBACK.addAddress('::1', 'ipv6')
