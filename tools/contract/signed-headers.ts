import { signatureHeaders } from '../../server/oms/rest/signing.ts';

const header = (name: string, description: string, pattern: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', pattern },
});

/** The headers of every signed message, in either direction, as OpenAPI parameters. */
export const signedHeaderParameters = [
  header(signatureHeaders.timestamp, 'Epoch seconds at which the message was signed.', '^\\d{9,12}$'),
  header(
    signatureHeaders.signature,
    'HMAC-SHA-256, in hex, by an agreed key over `<timestamp>.<id>.<method> <path>.<body>`: the path as the receiver sees it, the body byte for byte.',
    '^v1=[0-9a-f]{64}$',
  ),
  header(
    signatureHeaders.id,
    'Names one intention. The same name again is the same intention, and is answered as it was.',
    '^[\\w-]{8,64}$',
  ),
];
