import type { VisitSummary } from '../../../protocol/index.ts';
import type { TestDevice } from './test-device.ts';

/** What a client at Norde has tried and kept. */
export const visitSummary: VisitSummary = {
  locale: 'fr',
  startedAtMs: 1_800_000_000_000,
  worn: { pieceId: 'fjord-51', variantId: 'tortoise' },
  tried: [
    { pieceId: 'fjord-51', variantId: 'tortoise', seconds: 40 },
    { pieceId: 'meridian-58', variantId: 'gold-green', seconds: 12 },
  ],
  kept: ['fjord-51.tortoise'],
};

/** The value of a good answer; a refusal fails the test with its code. */
export function valueOf<Value>(
  answer:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly error: { code: string; message: string } },
): Value {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

/** The code of a refusal; a good answer fails the test. */
export function codeOf(
  answer: { readonly ok: true } | { readonly ok: false; readonly error: { code: string } },
): string {
  if (answer.ok) throw new Error('expected a refusal');
  return answer.error.code;
}

/** Goes through offer, claim and confirm. Returns the session's id. */
export async function handOff(kiosk: TestDevice, tablet: TestDevice): Promise<string> {
  const offer = valueOf(await kiosk.command('offer.open', {}));
  valueOf(await tablet.command('offer.claim', { secret: offer.secret }));
  await kiosk.next('offer.claimed', ({ offerId }) => offerId === offer.offerId);
  const { offerId } = offer;
  const { sessionId } = valueOf(await kiosk.command('offer.confirm', { offerId, summary: visitSummary }));
  await tablet.next('session.events', (frame) => frame.sessionId === sessionId);
  await kiosk.next('session.events', (frame) => frame.sessionId === sessionId);
  return sessionId;
}
