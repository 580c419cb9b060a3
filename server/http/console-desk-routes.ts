import * as z from 'zod/mini';
import {
  AuditQuery,
  DeviceId,
  EnrolmentRequest,
  type AuditReply,
  type DeviceBoardReply,
  type EnrolmentReply,
  type MaisonId,
  type StockBoardReply,
} from '../../protocol/index.ts';
import type { AuditReader } from '../audit/audit-reader.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { parseWith } from '../core/parse.ts';
import type { DeviceBoard } from '../devices/device-board.ts';
import type { DeviceRegistry, EnrolmentTarget } from '../devices/device-registry.ts';
import type { Houses } from '../houses/houses.ts';
import type { StockBoard } from '../stock/stock-board.ts';
import type { StockWatch } from '../stock/stock-watch.ts';
import type { Http } from './create-http.ts';
import { scoped, type ScopeDeps } from './operator-scope.ts';

interface DeskDeps extends ScopeDeps {
  readonly houses: Houses;
  readonly registry: DeviceRegistry;
  readonly board: DeviceBoard;
  readonly stockBoard: StockBoard;
  readonly auditReader: AuditReader;
  readonly watch: (maisonId: MaisonId) => StockWatch;
  readonly clock: Clock;
  /** Where a browser uses an enrolment code. */
  readonly enrolmentUrl: (target: EnrolmentTarget, code: string) => string;
}

const DeviceParams = z.object({ id: DeviceId });

/** What the console shows and does: devices, the stock's age, and the trail. */
export function consoleDeskRoutes(http: Http, deps: DeskDeps): void {
  const { registry, board, stockBoard, auditReader, clock } = deps;
  http.get(
    '/api/devices',
    scoped(deps, async ({ maisonId }) => {
      const devices = await board.read(maisonId);
      return done<DeviceBoardReply>({ serverTimeMs: clock.nowMs(), devices });
    }),
  );
  http.post(
    '/api/devices/enrolments',
    scoped(deps, async ({ maisonId, actor }, { body }) => {
      const parsed = parseWith(EnrolmentRequest, body, 'The enrolment');
      if (!parsed.ok) return parsed;
      const target = parsed.value;
      if (maisonId !== null && target.maisonId !== maisonId) {
        return refuse('forbidden', 'A console enrols devices of its own Maison.');
      }
      const made = await registry.createEnrolment(target, actor);
      if (!made.ok) return made;
      const { code, expiresAtMs } = made.value;
      return done<EnrolmentReply>({ url: deps.enrolmentUrl(target, code), code, expiresAtMs });
    }),
  );
  http.post(
    '/api/devices/:id/revoke',
    scoped(deps, async ({ maisonId, actor }, { params }) => {
      const parsed = parseWith(DeviceParams, params, 'The address');
      return parsed.ok ? await registry.revoke(parsed.value.id, { maisonId, actor }) : parsed;
    }),
  );
  http.get(
    '/api/stock/board',
    scoped(deps, async ({ maisonId }) => {
      const known = await stockBoard.read(maisonId);
      const maisons = known.map((one) => ({ ...one, feed: deps.watch(one.maisonId).feed() }));
      return done<StockBoardReply>({ serverTimeMs: clock.nowMs(), maisons });
    }),
  );
  http.get(
    '/api/audit',
    scoped(deps, async ({ maisonId }, { query }) => {
      const parsed = parseWith(AuditQuery, query, 'The question');
      return parsed.ok ? done<AuditReply>(await auditReader.read(maisonId, parsed.value)) : parsed;
    }),
  );
}
