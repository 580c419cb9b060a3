import {
  errorCodes,
  maxMessageBytes,
  offerLifetimeMs,
  protocolVersion,
  realtimePath,
  serverEvents,
  typedCodeTries,
} from '../../protocol/index.ts';
import { answerLifetimeMs } from '../../server/realtime/answer-book.ts';
import { messagesPerDevice } from '../../server/realtime/command-runner.ts';
import { pingIntervalMs, pingTimeoutMs } from '../../server/realtime/gateway.ts';
import { connectionsPerDevice } from '../../server/realtime/socket-door.ts';

const seconds = (ms: number): string => `${ms / 1_000} s`;

/** What the schemas of the socket cannot say: who speaks when, and what each side may rely on. Markdown. */
export const socketRules = `What happens live between a boutique’s server and its devices. Enrolment and tokens are told over HTTP: see the OpenAPI document beside this one.

## The line

Socket.IO 4 (Engine.IO protocol 4) at \`${realtimePath}\`, over WebSocket alone: open it with \`EIO=4&transport=websocket\`. The default namespace. The device token of \`POST /api/devices/token\` goes into the handshake as \`auth.token\`. A refused handshake is a \`connect_error\` whose message is the code and whose \`data\` is the \`WireError\`: \`unauthenticated\`, \`forbidden\`, \`rate-limited\` or \`internal\`. A page’s origin must be the server’s own, or one that it was told to allow.

Every message has one JSON body. A device’s messages are events that ask for an acknowledgement, and the acknowledgement is the answer: \`{ok: true, value}\` or \`{ok: false, error}\`. The server’s events ask for none.

The server pings every ${seconds(pingIntervalMs)}; a line from which nothing came for ${seconds(pingIntervalMs + pingTimeoutMs)} is dead. Socket.IO’s own recovery of a connection is off: whoever comes back says hello with their cursors.

## Hello

The first message on every line is \`hello\`, with \`protocolVersion\` ${protocolVersion}. A device of another version is refused with \`unsupported-version\` and must bring itself up to date. Until the hello is answered well, every command is refused with \`bad-request\`. The welcome holds all that the device has missed, and is followed by events.

## Cursors

Every boutique’s stock has one log, and every session one, each numbered from 1 without gaps. A device keeps the last number that it holds, its cursor, and tells it in the hello.

- A frame \`fromSeq..toSeq\` is contiguous when \`fromSeq\` is the cursor and one. Apply it, and the cursor is \`toSeq\`.
- A frame whose \`toSeq\` is not beyond the cursor is known: pass over it. One that overlaps is applied; levels are absolute and are never summed.
- Anything else is a gap: ask by \`stock.read\` or \`session.read\` from the cursor on. A tail holds the frames that are missing; a snapshot is the whole truth and takes the place of what is known.
- Of one SKU, a level of the same \`source\` with an older \`revision\` is dropped.
- Between joining and the welcome events may arrive: keep them, and apply them after it.

## Commands

A command is the event \`command\` with \`{commandId, name, payload}\`. The id is made once for one intention, and goes with it each time it is sent. The same id is answered as it was answered first, for ${answerLifetimeMs / 3_600_000} hours; refusals of a moment (\`rate-limited\`, \`internal\`, \`oms-unavailable\`, \`unauthenticated\`) are not kept. The same id for another command is a \`conflict\`. The commands of one device are carried out one after another, in the order in which they came.

A command without an answer may have been carried out. Send it again with its id until it is answered, and give it up only when the intention is over.

Maison and boutique come from the device’s token, never from a message. Pieces, sessions and boutiques of another Maison do not exist for it (\`not-found\`, \`unknown-sku\`, \`unknown-piece\`).

## Limits

- A message holds at most ${maxMessageBytes} bytes of JSON: a larger one is \`too-large\`, a far larger one costs the line.
- One device: ${messagesPerDevice.burst} messages at once, then ${messagesPerDevice.perSecond} a second; ${connectionsPerDevice.burst} connections at once, then ${connectionsPerDevice.perSecond} a second. Beyond that \`rate-limited\`, with \`retryAfterMs\`.
- An offer’s secrets live ${seconds(offerLifetimeMs)}; a tablet may try ${typedCodeTries} wrong typed codes.

## The end of a line

\`server.closing\` comes before the server hangs up. \`shutdown\`: come back after \`reconnectAfterMs\` and a moment of your own, so that not all come at once. \`token-expired\`: get a new token and come back at once; nothing is lost. \`revoked\`: this device is none any more; it must be enrolled anew. A line that ends without it was cut: come back, later each time.

## Versions

\`info.version\` is \`protocolVersion\`: it grows when an older peer would misread a newer one. A reader passes over fields and events that it does not know. The ${Object.keys(serverEvents).length} events and ${errorCodes.length} codes of this version are all that it may meet.
`;
