import { expect, test } from 'vitest'
import * as z from 'zod'
import { agreedOn } from '../../contracts/kit/conform.ts'
import type { Contract } from '../../contracts/kit/contract.ts'
import { contracts } from '../../contracts/services.ts'

/** Every member that a client, or a test of one, looks at; `[]` is any entry of a list (C1, the tables of what is read back). */
const READ: readonly [operation: string, status: number, members: string][] = [
  // §2.1, §2.4, §2.5
  ['config.getSecret', 200, 'value secret_value'],
  ['config.getSecretValue', 200, 'secret_value'],
  ['config.getConfig', 200, 'value config_value'],
  ['config.getServiceUrl', 200, 'url'],
  ['config.listSecrets', 200, '[].secret_key'],
  ['config.createSecret', 201, 'message secret_key'],
  ['config.updateSecret', 200, 'message success'],
  ['config.getNotificationsHealth', 200, 'redis_connected'],
  // §3.2, §3.3, §3.4
  ['alert.health', 200, 'status'],
  ['alert.createAlert', 201, 'success alert_id channels_delivered delivery_time'],
  ['alert.getPreferences', 200, 'channels email_address'],
  ['alert.createBulkAlerts', 200, 'success_count sent_count failed_count alert_ids'],
  ['alert.getAlertStatus', 200, 'alert_id status delivery_timestamp delivery_methods delivery_details'],
  ['alert.sendAlert', 200, 'alert_id status'],
  // §4.1, §4.2
  ['comms.sendEmail', 200, 'success email_id status'],
  ['comms.sendBulkEmails', 200, 'success success_count'],
  ['comms.createNotification', 201, 'notification_id status'],
  ['comms.createNotification', 429, 'error'],
  ['comms.sendSms', 200, 'sms_id status'],
  ['comms.getPreferences', 200, 'user_id preferences'],
  // §5.1
  ['marketplace.verifyExecutionToken', 200, 'is_valid subscription_id expires_at'],
  ['marketplace.getProductSignals', 200, 'signals signals[].indicators subscription_id'],
  [
    'marketplace.getUserSubscriptions',
    200,
    'subscriptions subscriptions[].product_id subscriptions[].status subscriptions[].subscription_id subscriptions[].product_name ' +
      'subscriptions[].execution_token subscriptions[].signals subscriptions[].signals[].name subscriptions[].signals[].default_params ' +
      'subscriptions[].tier subscriptions[].product.tier subscriptions[].product.is_premium subscriptions[].product.is_enterprise ' +
      'subscriptions[].features subscriptions[].limits',
  ],
  [
    'marketplace.getProductDefinition',
    200,
    'creator_id risk_level subscriber_count signal_groups version_info version_info.policy version_info.current_version version_info.effective_version ' +
      'version_info.min_version version_info.max_version version_info.pinned_version version_info.last_updated',
  ],
  // §5.2
  ['marketplace.setVersionPolicy', 200, 'policy current_version effective_version min_version max_version pinned_version last_updated'],
  [
    'marketplace.listVersions',
    200,
    'versions versions[].version versions[].status versions[].created_at versions[].description versions[].breaking_changes versions[].min_compatible_version',
  ],
  ['marketplace.publishVersion', 200, 'version created_at description min_compatible_version'],
  // §5.3
  ['marketplace.requestScript', 200, 'presigned_url metadata version'],
  ['marketplace.downloadScript', 200, ''],
  // §5.4, §5.5, §5.6, §5.7
  ['marketplace.getUserEntitlements', 200, 'tier subscriptions subscriptions[].product_id subscriptions[].status'],
  ['marketplace.checkEntitlement', 200, 'has_access'],
  [
    'marketplace.getTierLimits',
    200,
    'max_concurrent_connections max_subscriptions_per_connection max_subscription_requests max_messages_sent ' +
      'rapid_subscription_threshold burst_message_threshold',
  ],
  ['marketplace.getUserTier', 200, 'user_id tier tier_level limits expires_at features'],
  ['marketplace.getStrategyConfig', 200, 'config'],
  ['marketplace.getStrategyAccess', 200, 'access_granted'],
  ['marketplace.recordExecution', 200, 'recorded'],
  ['marketplace.listUserStrategies', 200, 'strategies'],
  // §6.1, §6.2
  ['watermark.issueWatermark', 200, 'watermarked_payload watermark_hash'],
  ['watermark.detectLeak', 200, 'leak_detected reason violation_id original_user watermark_hash'],
  [
    'watermark.watermarkSignal',
    200,
    'watermarked_payload watermarked_payload._watermark watermarked_payload._user_id watermarked_payload._timestamp watermarked_payload.signal_id',
  ],
  // §8.1, §8.4
  ['user.getPermissions', 200, 'role permissions entitlements max_functions max_memory_mb max_timeout'],
  ['user.getProfile', 200, 'preferences watchlist'],
  ['user.checkPermissions', 200, 'has_access access_level permissions'],
]

const members = READ.flatMap(([operation, status, names]) => names.split(' ').map((member) => ({ operation, status, member })))

test.each(members)('the contract names who reads $operation $status $member', ({ operation, status, member }) => {
  const found = schemaOf(operation, status, member)
  expect(found.length, 'places where the member stands').toBeGreaterThan(0)
  for (const { readBy } of found) expect(readBy).toEqual(expect.arrayContaining([expect.any(String)]))
})

interface Described {
  properties?: Record<string, Described>
  items?: Described
  anyOf?: Described[]
  readBy?: string[]
}

/** A member of a reply, once for each alternative that has it. */
function schemaOf(id: string, status: number, member: string): Described[] {
  const [service = '', name = ''] = id.split('.')
  const contract = (contracts as Record<string, Contract>)[service]
  const operation = contract?.operations[name]
  const agreed = contract && operation && agreedOn(contract, operation, status)
  if (agreed === undefined) throw new Error(`${id} has no reply ${status}`)
  const whole = z.toJSONSchema(agreed.body, { io: 'output', unrepresentable: 'any' }) as Described
  const steps = member === '' ? [] : member.split('.').flatMap((step) => step.split(/(?=\[\])/).filter(Boolean))
  return steps.reduce((at, step) => at.flatMap(alternatives).flatMap((one) => (step === '[]' ? one.items : one.properties?.[step]) ?? []), [whole])
}

const alternatives = (schema: Described): Described[] => [schema, ...(schema.anyOf ?? []).flatMap(alternatives)]
