import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passkeyChallengeMs } from '../../protocol/index.ts';
import { makeWithinMs } from '../../server/passkeys/passkey-desk.ts';
import { testPostgresUrl } from './support/databases.ts';
import { SoftAuthenticator, type Wrongly } from './support/soft-authenticator.ts';
import type { TestDevice } from './support/test-device.ts';
import { TestServer } from './support/test-server.ts';
import { codeOf, valueOf } from './support/visit.ts';

const storeId = 'norde-marais';
const noemie = 'noemie-caron';
const publicUrl = 'https://vitrine.norde.example';

const databases = [
  { name: 'SQLite', open: () => TestServer.start({ publicUrl }), nodes: false },
  ...(testPostgresUrl === null
    ? []
    : [
        {
          name: 'PostgreSQL',
          open: () => TestServer.startOnPostgres(testPostgresUrl ?? '', { publicUrl }),
          nodes: true,
        },
      ]),
];

describe.each(databases)('an advisor’s passkey on $name', ({ open, nodes }) => {
  let server: TestServer;
  let tablet: TestDevice;
  let passkey: SoftAuthenticator;

  const signInByPin = async (device: TestDevice, advisorId = noemie) =>
    valueOf(await device.command('advisor.sign-in', { advisorId, pin: server.pin('norde') }));

  const make = async (
    device: TestDevice,
    authenticator = new SoftAuthenticator(publicUrl),
    wrongly: Wrongly = {},
  ) => {
    const introduction = authenticator.introduce(
      valueOf(await device.command('passkey.invite', {})),
      wrongly,
    );
    return await device.command('passkey.make', { introduction });
  };

  const signIn = async (device: TestDevice, authenticator = passkey, wrongly: Wrongly = {}) => {
    const question = valueOf(await device.command('passkey.ask', {}));
    return await device.command('passkey.sign-in', { proof: authenticator.prove(question, wrongly) });
  };

  beforeAll(async () => {
    server = await open();
    tablet = await server.advisor(storeId, noemie);
    passkey = new SoftAuthenticator(publicUrl);
    valueOf(await make(tablet, passkey));
  });
  afterAll(async () => {
    await server.stop();
  });

  it('signs its advisor in on any tablet of the boutique, without a name or a PIN', async () => {
    const other = await server.connect('tablet', storeId, 'Tablet 2');
    expect(valueOf(await signIn(other))).toMatchObject({ advisor: { id: noemie } });
    expect(valueOf(await other.command('advisor.visits', {}))).toEqual({ visits: [] });
    const { passkeys } = valueOf(await other.command('passkey.list', {}));
    expect(passkeys).toMatchObject([{ madeOn: 'Tablet 1', usedAtMs: server.clock.nowMs() }]);
  });

  it.each<{ readonly name: string; readonly wrongly: Wrongly }>([
    { name: 'another page’s origin', wrongly: { origin: 'https://vitrine.norde.example.evil.example' } },
    { name: 'the same name without a secure line', wrongly: { origin: 'http://vitrine.norde.example' } },
    { name: 'another name’s passkey', wrongly: { rpId: 'norde.example' } },
    { name: 'nobody verified', wrongly: { isVerified: false } },
    { name: 'nobody there', wrongly: { isPresent: false } },
    { name: 'a challenge of its own making', wrongly: { challenge: 'c2VsZi1tYWRlLWNoYWxsZW5nZQ' } },
    { name: 'an introduction’s type', wrongly: { type: 'webauthn.create' } },
    { name: 'a page inside a foreign one', wrongly: { crossOrigin: true } },
    { name: 'another user’s handle', wrongly: { userHandle: 'c29tZWJvZHktZWxzZQ' } },
  ])('is refused with $name', async ({ wrongly }) => {
    const other = await server.connect('tablet', storeId, 'Tablet 3');
    expect(codeOf(await signIn(other, passkey, wrongly))).toBe('passkey-refused');
    expect(codeOf(await other.command('passkey.list', {}))).toBe('unauthenticated');
    valueOf(await signIn(other));
  });

  it('answers each question once, soon, on the tablet that put it', async () => {
    const other = await server.connect('tablet', storeId, 'Tablet 4');
    const ask = async () => valueOf(await other.command('passkey.ask', {}));
    const first = passkey.prove(await ask());
    expect(codeOf(await tablet.command('passkey.sign-in', { proof: first }))).toBe('passkey-refused');
    valueOf(await other.command('passkey.sign-in', { proof: first }));
    expect(codeOf(await other.command('passkey.sign-in', { proof: first }))).toBe('passkey-refused');
    const late = passkey.prove(await ask());
    server.clock.advance(passkeyChallengeMs);
    expect(codeOf(await other.command('passkey.sign-in', { proof: late }))).toBe('passkey-refused');
    const replaced = passkey.prove(await ask());
    const newest = passkey.prove(await ask());
    expect(codeOf(await other.command('passkey.sign-in', { proof: replaced }))).toBe('passkey-refused');
    const many = await Promise.all(
      Array.from({ length: 4 }, () => other.command('passkey.sign-in', { proof: newest })),
    );
    expect(many.filter(({ ok }) => ok)).toHaveLength(1);
    const kept = await server.inDatabase((db) => db.selectFrom('passkey_challenges').selectAll().execute());
    expect(JSON.stringify(kept)).not.toContain((await ask()).challenge);
  });

  it('opens no tablet of another boutique, and none of another Maison', async () => {
    const mayfair = await server.connect('tablet', 'norde-mayfair', 'Tablet 1');
    expect(codeOf(await signIn(mayfair))).toBe('passkey-refused');
    const aurelle = await server.connect('tablet', 'aurelle-vendome', 'Tablet 1');
    expect(codeOf(await signIn(aurelle))).toBe('passkey-refused');
    // Kept by the other Maison under the same id, as one that copies all it sees would: still its own advisor’s, and no more.
    const camille = await server.advisor('aurelle-vendome', 'camille-laurent');
    const twin = new SoftAuthenticator(publicUrl, { copyOf: passkey, counter: 100 });
    valueOf(await make(camille, twin));
    expect(valueOf(await signIn(aurelle, twin))).toMatchObject({ advisor: { id: 'camille-laurent' } });
    expect(codeOf(await signIn(tablet, twin))).toBe('passkey-refused');
    valueOf(await signIn(tablet));
  });

  it('is made only after the PIN, only by who is signed in, and only here', async () => {
    const fresh = await server.connect('tablet', storeId, 'Tablet 5');
    expect(codeOf(await fresh.command('passkey.invite', {}))).toBe('unauthenticated');
    valueOf(await signIn(fresh));
    expect(codeOf(await fresh.command('passkey.invite', {}))).toBe('forbidden');
    await signInByPin(fresh);
    for (const wrongly of [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { isVerified: false },
      { challenge: 'c2VsZi1tYWRlLWNoYWxsZW5nZQ' },
      { type: 'webauthn.get' },
    ]) {
      const answer = await make(fresh, new SoftAuthenticator(publicUrl), wrongly);
      expect([wrongly, codeOf(answer)]).toEqual([wrongly, 'passkey-refused']);
    }
    // An authenticator makes none twice; one that says it did is refused.
    expect(codeOf(await make(fresh, new SoftAuthenticator(publicUrl, { copyOf: passkey })))).toBe(
      'passkey-refused',
    );
    const invitation = valueOf(await fresh.command('passkey.invite', {}));
    expect(invitation.excludeCredentials).toContainEqual({
      type: 'public-key',
      id: passkey.credentialId.toString('base64url'),
    });
    const introduction = new SoftAuthenticator(publicUrl).introduce(invitation);
    // A colleague takes the tablet in between: what was begun for one is not finished for the other.
    await signInByPin(fresh, 'theo-vasseur');
    expect(codeOf(await fresh.command('passkey.make', { introduction }))).toBe('passkey-refused');
    server.clock.advance(makeWithinMs);
    expect(codeOf(await fresh.command('passkey.invite', {}))).toBe('forbidden');
  });

  it('is not locked by wrong PINs, and neither locks nor frees the PIN', async () => {
    const other = await server.connect('tablet', storeId, 'Tablet 6');
    const byPin = (pin: string) => other.command('advisor.sign-in', { advisorId: noemie, pin });
    for (let wrong = 0; wrong < 5; wrong += 1) await byPin('0000');
    expect(codeOf(await byPin(server.pin('norde')))).toBe('pin-locked');
    valueOf(await signIn(other));
    expect(codeOf(await byPin(server.pin('norde')))).toBe('pin-locked');
    server.clock.advance(15 * 60_000);
    for (let wrong = 0; wrong < 6; wrong += 1) await signIn(other, passkey, { isVerified: false });
    await signInByPin(other);
  });

  it('opens nothing any more, on either side, once there are two of it', async () => {
    const other = await server.connect('tablet', storeId, 'Tablet 7');
    await signInByPin(tablet);
    const own = new SoftAuthenticator(publicUrl, { counter: 10 });
    valueOf(await make(tablet, own));
    valueOf(await signIn(other, own));
    // A low counter without a good signature is nobody’s copy: it takes nothing from its owner.
    const forged = new SoftAuthenticator(publicUrl, { counter: 0 });
    const question = valueOf(await other.command('passkey.ask', {}));
    const { userHandle } = own;
    const guess = { ...forged.prove(question, { userHandle, counter: 1 }), ...named(own) };
    expect(codeOf(await other.command('passkey.sign-in', { proof: guess }))).toBe('passkey-refused');
    valueOf(await signIn(other, own));
    const copy = new SoftAuthenticator(publicUrl, { copyOf: own, counter: 3 });
    expect(codeOf(await signIn(tablet, copy))).toBe('passkey-refused');
    await other.next('server.closing', ({ reason }) => reason === 'token-expired');
    await other.connect();
    expect(codeOf(await signIn(other, own))).toBe('passkey-refused');
    expect(codeOf(await other.command('advisor.visits', {}))).toMatch(/unauthenticated|forbidden/);
    const trail = await server.inDatabase((db) =>
      db.selectFrom('audit_entries').select(['action', 'actor_kind', 'subject', 'reason']).execute(),
    );
    expect(trail).toContainEqual({
      action: 'passkey.revoked',
      actor_kind: 'server',
      subject: noemie,
      reason: 'its counter went back',
    });
  });

  it('ends at once when its advisor or the operator takes it back, and so does what it opened', async () => {
    await signInByPin(tablet);
    const [first, second] = [new SoftAuthenticator(publicUrl), new SoftAuthenticator(publicUrl)];
    const one = valueOf(await make(tablet, first)).passkey;
    const two = valueOf(await make(tablet, second)).passkey;
    const theo = await server.advisor(storeId, 'theo-vasseur');
    expect(codeOf(await theo.command('passkey.remove', { passkeyId: one.id }))).toBe('not-found');
    valueOf(await tablet.command('passkey.remove', { passkeyId: one.id }));
    expect(codeOf(await signIn(theo, first))).toBe('passkey-refused');

    const elsewhere = nodes ? await server.anotherNode({ publicUrl }) : null;
    const lost = await server.connect('tablet', storeId, 'Tablet 8');
    if (elsewhere) {
      lost.disconnect();
      lost.moveTo(elsewhere.url);
      await lost.connect();
    }
    valueOf(await signIn(lost, second));
    const told = lost.next('server.closing');
    const console = await (await server.enrol('console', 'aurelle-vendome')).token();
    const path = `/api/passkeys/${two.id}/revoke`;
    const asNeighbour = { method: 'POST', headers: { authorization: `Bearer ${console.token}` } };
    expect((await fetch(server.url + path, asNeighbour)).status).toBe(404);
    expect(await (await server.asOperator('/api/passkeys')).json()).toMatchObject({
      passkeys: expect.arrayContaining([
        expect.objectContaining({ id: two.id, advisorName: 'Noémie Caron' }),
      ]),
    });
    expect((await server.asOperator(path, {})).status).toBe(200);
    // Another node without a broker hears of it when it looks; the database says no at once.
    expect(
      codeOf(
        await lost
          .command('advisor.visits', {})
          .catch(() => ({ ok: false, error: { code: 'unauthenticated' } }) as never),
      ),
    ).toMatch(/unauthenticated|forbidden/);
    if (!elsewhere) expect(await told).toMatchObject({ reason: 'token-expired' });
    await lost.connect();
    expect(codeOf(await signIn(lost, second))).toBe('passkey-refused');
    lost.disconnect();
    await elsewhere?.stop();
  });

  it('outlives a restart', async () => {
    await server.restart();
    await tablet.connect();
    expect(valueOf(await signIn(tablet))).toMatchObject({ advisor: { id: noemie } });
  });
});

describe('passkeys of a server that browsers know by a number', () => {
  it('are not offered, and the refusal says what they need', async () => {
    const server = await TestServer.start({ publicUrl: 'https://192.168.1.20:8443' });
    try {
      const tablet = await server.advisor(storeId, noemie);
      for (const name of ['passkey.ask', 'passkey.invite'] as const) {
        const answer = await tablet.command(name, {});
        expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
        expect(JSON.stringify(answer)).toContain('PUBLIC_URL');
      }
    } finally {
      await server.stop();
    }
  });
});

function named({ credentialId }: SoftAuthenticator) {
  const id = credentialId.toString('base64url');
  return { id, rawId: id };
}
