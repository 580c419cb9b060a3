import type { FastifyRequest } from 'fastify';
import {
  OmsSetLevelRequest,
  type Answer,
  type MaisonId,
  type OmsLevelRow,
  type OmsLevelsReply,
  type OmsSetLevelReply,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import { parseWith } from '../core/parse.ts';
import { sameSecret } from '../devices/secrets.ts';
import type { DeviceTokens } from '../devices/device-tokens.ts';
import type { Houses } from '../houses/houses.ts';
import type { EmbeddedOms } from '../oms/embedded/embedded-oms.ts';
import type { OmsLevel } from '../oms/oms-connector.ts';
import { httpAnswer, type Http } from './create-http.ts';

interface OmsDeps {
  readonly oms: EmbeddedOms;
  readonly houses: Houses;
  readonly tokens: DeviceTokens;
  readonly operatorToken: string;
}

/** Whose levels a caller may see and set: every Maison's (the operator), or one's (a console). */
type Scope = { readonly maisonId: MaisonId | null };

/** The embedded OMS for people: `npm run oms` and the OMS page. */
export function omsRoutes(http: Http, deps: OmsDeps): void {
  http.get('/api/oms/levels', async (request, reply) => {
    const scope = await scopeOf(deps, request);
    const { status, body } = httpAnswer(scope.ok ? await readAll(deps, scope.value) : scope);
    await reply.header('cache-control', 'no-store').code(status).send(body);
  });
  http.post('/api/oms/levels', async (request, reply) => {
    const scope = await scopeOf(deps, request);
    const { status, body } = httpAnswer(scope.ok ? await setOne(deps, scope.value, request.body) : scope);
    await reply.header('cache-control', 'no-store').code(status).send(body);
  });
}

async function scopeOf(deps: OmsDeps, request: FastifyRequest): Promise<Answer<Scope>> {
  const token = /^Bearer ([\w.~+/-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (!token) return refuse('unauthenticated', 'This needs the operator token or a console token.');
  if (sameSecret(token, deps.operatorToken)) return done({ maisonId: null });
  const verified = await deps.tokens.verify(token);
  if (!verified.ok) return verified;
  const { device } = verified.value;
  if (device.role !== 'console') return refuse('forbidden', 'Only the operator and a console may do this.');
  return done({ maisonId: device.maisonId });
}

async function readAll(deps: OmsDeps, { maisonId }: Scope): Promise<Answer<OmsLevelsReply>> {
  const levels: OmsLevelRow[] = [];
  for (const maison of await deps.houses.maisons()) {
    if (maisonId !== null && maison.id !== maisonId) continue;
    const reading = await deps.oms.levels(maison.id);
    if (!reading.ok) return reading;
    for (const level of reading.value.levels) levels.push(await asRow(deps, maison.id, level));
  }
  return done({ levels });
}

async function setOne(deps: OmsDeps, scope: Scope, body: unknown): Promise<Answer<OmsSetLevelReply>> {
  const parsed = parseWith(OmsSetLevelRequest, body, 'The request');
  if (!parsed.ok) return parsed;
  const { storeId, sku, onHand } = parsed.value;
  for (const maison of await deps.houses.maisons()) {
    if (scope.maisonId !== null && maison.id !== scope.maisonId) continue;
    if (!(await deps.houses.store(maison.id, storeId))) continue;
    const set = await deps.oms.setStock(storeId, sku, onHand);
    return set.ok ? done({ level: await asRow(deps, maison.id, set.value) }) : set;
  }
  return refuse('not-found', `There is no boutique ${storeId}.`);
}

async function asRow(deps: OmsDeps, maisonId: MaisonId, level: OmsLevel): Promise<OmsLevelRow> {
  const store = await deps.houses.store(maisonId, level.storeId);
  return { maisonId, storeName: store?.name ?? level.storeId, city: store?.city ?? '', ...level };
}
