import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import type {
  PasskeyIntroduction,
  PasskeyInvitation,
  PasskeyProof,
  PasskeyQuestion,
} from '../../../protocol/index.ts';

/** CBOR of what authenticators write: whole numbers, texts, bytes and maps (RFC 8949). */
export function cbor(value: number | string | Buffer | ReadonlyMap<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = Array.from(value, ([key, one]) => Buffer.concat([cbor(key), cbor(one as number)]));
  return Buffer.concat([head(5, value.size), ...entries]);
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count]);
  if (count < 256) return Buffer.from([(major << 5) | 24, count]);
  return Buffer.from([(major << 5) | 25, count >> 8, count & 255]);
}

/** What a test has an authenticator or a browser do wrongly. */
export interface Wrongly {
  readonly origin?: string;
  readonly rpId?: string;
  readonly isVerified?: boolean;
  readonly isPresent?: boolean;
  readonly counter?: number;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userHandle?: string;
}

/** An authenticator in software: a real P-256 key, real COSE and CBOR, real signatures (WebAuthn level 3, §6). */
export class SoftAuthenticator {
  readonly credentialId = randomBytes(32);
  readonly #privateKey: KeyObject;
  readonly #x: Buffer;
  readonly #y: Buffer;
  readonly #origin: string;
  #counter: number;
  #userHandle = '';

  constructor(
    origin: string,
    { counter = 1, copyOf }: { counter?: number; copyOf?: SoftAuthenticator } = {},
  ) {
    this.#origin = origin;
    this.#counter = counter;
    if (copyOf) {
      this.credentialId = copyOf.credentialId;
      this.#privateKey = createPrivateKey(copyOf.#privateKey.export({ type: 'pkcs8', format: 'pem' }));
      [this.#x, this.#y, this.#userHandle] = [copyOf.#x, copyOf.#y, copyOf.#userHandle];
      return;
    }
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#privateKey = privateKey;
    this.#x = Buffer.from(x, 'base64url');
    this.#y = Buffer.from(y, 'base64url');
  }

  /** By what it knows its user. */
  get userHandle(): string {
    return this.#userHandle;
  }

  /** Makes the passkey that it is invited to make. */
  introduce(invitation: PasskeyInvitation, wrongly: Wrongly = {}): PasskeyIntroduction {
    this.#userHandle = invitation.user.id;
    const cose = cbor(
      new Map<number, number | Buffer>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, this.#x],
        [-3, this.#y],
      ]),
    );
    const { credentialId } = this;
    const length = Buffer.from([credentialId.length >> 8, credentialId.length & 255]);
    const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, cose]);
    const authData = Buffer.concat([this.#data(invitation.rp.id, 0x40, wrongly), attested]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', invitation.challenge, wrongly),
        attestationObject: cbor(attestation).toString('base64url'),
      },
    };
  }

  /** Answers a question; its counter grows with each. */
  prove(question: PasskeyQuestion, wrongly: Wrongly = {}): PasskeyProof {
    this.#counter += 1;
    const authData = this.#data(question.rpId, 0, wrongly);
    const clientDataJSON = this.#clientData('webauthn.get', question.challenge, wrongly);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([authData, hash]), this.#privateKey);
    return {
      ...this.#named(),
      response: {
        clientDataJSON,
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: wrongly.userHandle ?? this.#userHandle,
      },
    };
  }

  #named() {
    const id = this.credentialId.toString('base64url');
    return { id, rawId: id, type: 'public-key' } as const;
  }

  #data(rpId: string, extraFlags: number, wrongly: Wrongly): Buffer {
    const present = wrongly.isPresent === false ? 0 : 0x01;
    const verified = wrongly.isVerified === false ? 0 : 0x04;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrongly.counter ?? this.#counter);
    const rpIdHash = createHash('sha256')
      .update(wrongly.rpId ?? rpId)
      .digest();
    return Buffer.concat([rpIdHash, Buffer.from([present | verified | extraFlags]), counter]);
  }

  #clientData(type: string, challenge: string, wrongly: Wrongly): string {
    const data = {
      type: wrongly.type ?? type,
      challenge: wrongly.challenge ?? challenge,
      origin: wrongly.origin ?? this.#origin,
      crossOrigin: wrongly.crossOrigin ?? false,
    };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }
}
