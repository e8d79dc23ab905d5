/** One server-sent event. */
export interface ServerEvent {
  event: string
  id: string
  data: string
}

/** The events of a stream as they come; comments (heartbeats) are passed over. */
export async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).replaceAll('\r\n', '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = eventOf(block)
      if (event.data !== '') yield event
    }
  }
}

function eventOf(block: string): ServerEvent {
  const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line) ?? [])
  const all = (name: string) => fields.flatMap(([, field, value = '']) => (field === name ? [value] : []))
  return { event: all('event').at(-1) ?? 'message', id: all('id').at(-1) ?? '', data: all('data').join('\n') }
}
