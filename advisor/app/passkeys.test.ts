import { describe, expect, it } from 'vitest';
import { hasPasskeys, type PasskeyCeremony } from '../../sdk/session/passkey-ceremony.ts';
import type { Link } from '../../sdk/sync/link.ts';
import { Passkeys } from './passkeys.ts';

const page = { hostname: 'vitrine.norde.example', isSecure: true, isKnown: true };

describe('a tablet offers passkeys', () => {
  it('only under the server’s own name, on a secure line, in a browser that has them', () => {
    const publicUrl = 'https://vitrine.norde.example:8443';
    expect(hasPasskeys(publicUrl, page)).toBe(true);
    expect(hasPasskeys('http://localhost:8080', { ...page, hostname: 'localhost' })).toBe(true);
    expect(hasPasskeys(publicUrl, { ...page, hostname: 'norde.example' })).toBe(false);
    expect(hasPasskeys(publicUrl, { ...page, isSecure: false })).toBe(false);
    expect(hasPasskeys(publicUrl, { ...page, isKnown: false })).toBe(false);
    for (const number of ['https://192.168.1.20', 'https://[fd00::1]:8443', 'http://vitrine.norde.example']) {
      expect(hasPasskeys(number, { ...page, hostname: new URL(number).hostname })).toBe(false);
    }
  });
});

describe('what a tablet says of a passkey', () => {
  const question = { challenge: 'abc', rpId: 'x', timeout: 1, userVerification: 'required' };
  /** A line that answers each command as told. */
  const linkOf = (answers: Readonly<Record<string, unknown>>) =>
    ({ command: (name: string) => Promise.resolve(answers[name]) }) as unknown as Link;
  const refusal = (code: string) => ({ ok: false, error: { code, message: code } });
  const proof = {
    id: 'a',
    rawId: 'a',
    type: 'public-key',
    response: { clientDataJSON: 'a', authenticatorData: 'a', signature: 'a', userHandle: 'a' },
  };
  const good: PasskeyCeremony = { make: () => Promise.resolve(proof), answer: () => Promise.resolve(proof) };
  const left = (name: string): PasskeyCeremony => {
    const leave = () => Promise.reject(Object.assign(new Error(name), { name }));
    return { make: leave, answer: leave };
  };
  const asked = { 'passkey.ask': { ok: true, value: question }, 'passkey.list': refusal('unauthenticated') };

  it('is nothing where it signed in, and a calm word where it was turned down or refused', async () => {
    const saidBy = async (answers: Readonly<Record<string, unknown>>, ceremony = good) => {
      const passkeys = new Passkeys(linkOf({ ...asked, ...answers }), ceremony);
      await passkeys.signIn();
      expect(passkeys.state.get().busy).toBe(false);
      return passkeys.state.get().said;
    };
    expect(await saidBy({ 'passkey.sign-in': { ok: true, value: {} } })).toBeNull();
    expect(await saidBy({ 'passkey.sign-in': refusal('passkey-refused') })).toBe('refused');
    expect(await saidBy({ 'passkey.ask': refusal('unreachable') })).toBe('unreachable');
    expect(await saidBy({}, left('NotAllowedError'))).toBe('cancelled');
    expect(await saidBy({}, left('SecurityError'))).toBe('other');
  });

  it('is to sign in by PIN first where that was too long ago, and that there is one here already', async () => {
    const late = new Passkeys(linkOf({ ...asked, 'passkey.invite': refusal('forbidden') }), good);
    await late.make();
    expect(late.state.get().said).toBe('pin-first');
    const invited = { ...asked, 'passkey.invite': { ok: true, value: {} } };
    const twice = new Passkeys(linkOf(invited), left('InvalidStateError'));
    await twice.make();
    expect(twice.state.get().said).toBe('already');
  });
});
