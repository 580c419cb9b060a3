import * as z from 'zod/mini';
import {
  ChallengeReply,
  challengeText,
  EnrolReply,
  TokenReply,
  type DeviceIdentity,
} from '../../protocol/device.ts';
import type { Answer } from '../../protocol/errors.ts';
import type { DeviceId } from '../../protocol/ids.ts';
import type { CancelTimer } from '../core/clock.ts';
import { messageOf } from '../core/vitrine-error.ts';
import type { LinkPorts } from './link-ports.ts';
import { readRefusal, refusal } from './refusal.ts';

/** How long one request may take. */
const requestTimeoutMs = 8_000;

/** The HTTP side of a device: enrolment, and the tokens that its key signs for. */
export interface DeviceDoor {
  /** By a one-time code; of an agency's page, by its activation's key and as often as it likes: the same key is the same device. */
  enrol(code: string): Promise<Answer<DeviceIdentity>>;
  token(deviceId: DeviceId): Promise<Answer<z.infer<typeof TokenReply>>>;
}

/** Makes the HTTP side of a device. Every refusal and every lost request comes back as an answer. */
export function createDeviceDoor(
  ports: Pick<LinkPorts, 'serverUrl' | 'role' | 'fetch' | 'keys' | 'clock'>,
): DeviceDoor {
  const { keys, role } = ports;
  return {
    async enrol(code) {
      if (role === 'embed') return await activate(ports, code);
      const fresh = await keys.make();
      const reply = await post(ports, 'enrol', { code, role, publicKey: fresh.publicKey }, EnrolReply);
      if (!reply.ok) return reply;
      await fresh.keep();
      return { ok: true, value: reply.value.identity };
    },
    async token(deviceId) {
      const challenge = await post(ports, 'challenge', { deviceId }, ChallengeReply);
      if (!challenge.ok) return challenge;
      const { nonce } = challenge.value;
      const signature = await keys.sign(challengeText(deviceId, nonce));
      if (signature === null) return refusal('unauthenticated', 'This device has lost its key.');
      return post(ports, 'token', { deviceId, nonce, signature }, TokenReply);
    },
  };
}

/** Keeps to the key that this browser has, so that asking again takes no second place. */
async function activate(
  ports: Pick<LinkPorts, 'serverUrl' | 'fetch' | 'keys' | 'clock'>,
  activationKey: string,
): Promise<Answer<DeviceIdentity>> {
  const known = await ports.keys.publicKey();
  const fresh = known === null ? await ports.keys.make() : null;
  const publicKey = known ?? fresh?.publicKey;
  const reply = await post(ports, 'activate', { activationKey, publicKey }, EnrolReply);
  if (!reply.ok) return reply;
  await fresh?.keep();
  return { ok: true, value: reply.value.identity };
}

async function post<Reply extends z.core.$ZodType>(
  { serverUrl, fetch, clock }: Pick<LinkPorts, 'serverUrl' | 'fetch' | 'clock'>,
  door: 'enrol' | 'activate' | 'challenge' | 'token',
  body: object,
  schema: Reply,
): Promise<Answer<z.infer<Reply>>> {
  const abort = new AbortController();
  const cancel: CancelTimer = clock.after(requestTimeoutMs, () => abort.abort());
  try {
    const response = await fetch(`${serverUrl}/api/devices/${door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: abort.signal,
      credentials: 'omit',
      cache: 'no-store',
    });
    const received: unknown = await response.json().catch(() => undefined);
    return response.ok ? replyOf(schema, received) : refusalOf(received, response.status);
  } catch (thrown) {
    return refusal('unreachable', `The server does not answer: ${messageOf(thrown)}`);
  } finally {
    cancel();
  }
}

function replyOf<Reply extends z.core.$ZodType>(schema: Reply, received: unknown): Answer<z.infer<Reply>> {
  const parsed = z.safeParse(schema, received);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refusal('internal', 'The server answered in a form that this device does not know.');
}

function refusalOf(received: unknown, status: number): Answer<never> {
  const error = readRefusal(received);
  if (error) return { ok: false, error };
  return refusal(status >= 500 ? 'unreachable' : 'internal', `The server answered ${status}.`);
}
