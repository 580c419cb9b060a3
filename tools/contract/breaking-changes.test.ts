import { describe, expect, it } from 'vitest';
import { breakingChanges, versionOf, type Contract } from './breaking-changes.ts';
import { contractNow } from './contract-files.ts';
import { asPublished, publishedContract, versionFaults } from './published.ts';
import type { JsonSchema } from './schema-book.ts';

const now = contractNow();

/** The contract with one change, made at a path such as `openapi/components/schemas/Store/required`. */
function changed(at: string, change: (value: never) => unknown, contract: Contract = now): Contract {
  const copy = structuredClone(contract);
  const parts = at.split('/').map((part) => part.replaceAll('~', '/'));
  const last = parts.pop() ?? '';
  let place = copy as unknown as JsonSchema;
  for (const part of parts) place = place[part] as JsonSchema;
  const value = change(place[last] as never);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

const components = 'asyncapi/components';
const enrol = 'openapi/paths/~api~devices~enrol/post';
const without = () => undefined;
const addField = (properties: JsonSchema) => ({ ...properties, more: { type: 'string' } });

describe('the contract', () => {
  it('is one that every device of the published version understands, or has another version', () => {
    const told =
      'An older peer would misread this. Keep what it can read, or give `protocolVersion` the next number (docs/api.md, "Versions")';
    expect(versionFaults(publishedContract(), now), told).toEqual([]);
  });

  it('may grow by operations, commands, events and fields', () => {
    const grown = [
      changed('openapi/paths/~api~oms~feeds', without),
      changed(`${components}/messages/stockElsewhere`, without),
      changed(`${components}/messages/callsChanged`, without),
      changed(
        `${components}/schemas/Hold/properties/createdAtMs`,
        without,
        changed(`${components}/schemas/Hold/required`, () => []),
      ),
    ];
    for (const before of grown) {
      expect(before).not.toEqual(now);
      expect(breakingChanges(before, now)).toEqual([]);
    }
    const optional = changed('openapi/components/schemas/EnrolRequest/properties', addField);
    expect(breakingChanges(now, optional)).toEqual([]);
    expect(breakingChanges(now, structuredClone(now))).toEqual([]);
  });

  it.each<[string, Contract, string]>([
    ['an operation less', changed('openapi/paths/~api~oms~feeds', without), 'GET /api/oms/feeds is gone'],
    [
      'another right',
      changed(`${enrol}/security`, () => [{ operatorToken: [] }]),
      'POST /api/devices/enrol, who may call: is another',
    ],
    [
      'a field that must be sent',
      changed('openapi/components/schemas/EnrolRequest/required', (all: string[]) => [...all, 'more']),
      'POST /api/devices/enrol, the request: more may be missing',
    ],
    [
      'a field that is no longer read',
      changed(
        'openapi/components/schemas/OmsSetLevelRequest/properties/onHand',
        without,
        changed('openapi/components/schemas/OmsSetLevelRequest/required', () => []),
      ),
      'POST /api/oms/levels, the request: onHand is no longer read',
    ],
    [
      'a field that is no longer certain',
      changed('openapi/components/schemas/ChallengeReply/required', () => ['nonce']),
      'POST /api/devices/challenge, the answer: expiresAtMs may be missing',
    ],
    [
      'another status',
      changed(
        'openapi/paths/~api~oms~webhooks~{maisonId}/post/responses',
        ({ '202': good, ...rest }: JsonSchema) => ({ ...rest, '204': good }),
      ),
      'POST /api/oms/webhooks/{maisonId}, the good answer: has the status 204',
    ],
    [
      'a code that nobody knows',
      changed('openapi/components/schemas/ErrorCode/enum', (all: string[]) => [...all, 'too-late']),
      'WireError: code may be "too-late"',
    ],
    ['a command less', changed(`${components}/messages/holdPlace`, without), 'holdPlace is gone'],
    [
      'a right less',
      changed(`${components}/messages/sessionClose/x-roles`, () => ['kiosk']),
      'sessionClose: a tablet may no longer send it',
    ],
    [
      'a narrower payload',
      changed(`${components}/schemas/Pin/pattern`, () => '^\\d{6,8}$'),
      'advisorSignIn: payload.pin has another pattern',
    ],
    [
      'a wider answer',
      changed(`${components}/schemas/HoldState/enum`, (all: string[]) => [...all, 'lost']),
      'holdPlaceAnswer: hold.state may be "lost"',
    ],
    [
      'a fact that nobody knows',
      changed(`${components}/schemas/SessionFact/oneOf`, (all: JsonSchema[]) => [
        ...all,
        { type: 'object', properties: { type: { const: 'sung' } }, required: ['type'] },
      ]),
      'sessionEvents: events[].fact.type may be "sung"',
    ],
    [
      'an event that says less',
      changed(`${components}/schemas/StockFrame/required`, () => ['storeId', 'fromSeq', 'levels']),
      'stockChanged: toSeq may be missing',
    ],
  ])('that has %s is told to break', (_what, after, told) => {
    expect(breakingChanges(now, after)).toContain(told);
  });

  it('that breaks is published under a new version only, and leaves behind what the next is compared with', () => {
    const broken = changed(`${components}/messages/holdPlace`, without);
    expect(() => asPublished(now, broken)).toThrow('holdPlace is gone');
    const newer = changed('asyncapi/info/version', () => String(versionOf(now) + 1), broken);
    const published = JSON.parse(asPublished(now, newer)) as Contract;
    expect(breakingChanges(published, newer)).toEqual([]);
    expect(breakingChanges(published, changed(`${components}/messages/hello`, without, newer))).toEqual([
      'hello is gone',
    ]);
    expect(() => asPublished(newer, broken)).toThrow(`${versionOf(now) + 1} was published`);
  });
});
