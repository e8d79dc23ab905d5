import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Step } from '../../../scenarios/kit/delivery.ts'

/** Told on a response that is whole, though its connection stays as if it were not. */
export const LINGERS = 'mock-suite:lingers'

/** Does one step of a delivery; waits are the caller's. */
export function takeStep(step: Exclude<Step, { do: 'wait' }>, response: ServerResponse, socket: Socket): void {
  switch (step.do) {
    case 'write':
      response.write(step.bytes)
      return
    case 'blurt':
      // Past Node's own framing, and behind all that it has written.
      socket.write(step.bytes)
      return
    case 'finish':
      // Not `end()`: Node would take the connection for free, or close it.
      if (response.chunkedEncoding) socket.write('0\r\n\r\n')
      deafen(socket)
      response.emit(LINGERS)
      return
    case 'end':
      if (step.by === 'complete') response.end()
      // An empty write is answered once all before it has left. Not `destroy()` at once: the bytes would be lost with the socket.
      else socket.write('', () => (step.by === 'reset' ? setTimeout(() => socket.resetAndDestroy(), BREATH) : socket.destroySoon()))
  }
}

/** Real milliseconds: a reset that comes together with the last bytes is taken by libuv for a polite end. */
const BREATH = 30

/** What still comes on a connection that lingers is read, and asks nothing of us. */
function deafen(socket: Socket): void {
  socket.removeAllListeners('data')
  // A listener of its own takes the bytes from Node's parser, which sits on the handle itself.
  socket.on('data', () => {})
}
