const headers = { 'content-type': 'application/json', 'x-internal-api-key': process.env.INTERNAL_API_KEY ?? '' }

/** Orders a shipment and tells its user; the code under test. */
export async function send(userId: string, weight: number): Promise<string> {
  const { shipment_id } = await ask<{ shipment_id: string }>('SHIPMENT_SERVICE_URL', '/shipments', { user_id: userId, weight_kg: weight })
  await ask('ALERT_SERVICE_URL', '/api/v1/alerts', { user_id: userId, alert_type: 'signal', message: `On its way: ${shipment_id}`, channels: ['email'] })
  return shipment_id
}

export async function statusOf(shipmentId: string): Promise<string> {
  return (await ask<{ status: string }>('SHIPMENT_SERVICE_URL', `/shipments/${shipmentId}`)).status
}

async function ask<Reply>(variable: string, path: string, body?: object): Promise<Reply> {
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  const reply = await fetch(`${process.env[variable]}${path}`, init)
  if (!reply.ok) throw new Error(`${variable} answers ${reply.status}`)
  return (await reply.json()) as Reply
}
