import type { MaisonId } from '../../protocol/index.ts';
import type { AuditReader } from '../audit/audit-reader.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import type { DeviceBoard } from '../devices/device-board.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Enrolments, EnrolmentTarget } from '../devices/enrolments.ts';
import type { PasskeyBook } from '../passkeys/passkey-book.ts';
import type { StockBoard } from '../stock/stock-board.ts';
import type { StockWatch } from '../stock/stock-watch.ts';
import type { Routes } from './serve-routes.ts';

interface DeskDeps {
  readonly registry: DeviceRegistry;
  readonly passkeyBook: PasskeyBook;
  readonly enrolments: Enrolments;
  readonly board: DeviceBoard;
  readonly stockBoard: StockBoard;
  readonly auditReader: AuditReader;
  readonly watch: (maisonId: MaisonId) => StockWatch;
  readonly clock: Clock;
  /** Where a browser uses an enrolment code. */
  readonly enrolmentUrl: (target: EnrolmentTarget, code: string) => string;
}

/** What the console shows and does: devices, the stock's age, and the trail. */
export function consoleDeskRoutes(routes: Routes, deps: DeskDeps): void {
  const { registry, enrolments, passkeyBook, board, stockBoard, auditReader, clock } = deps;
  routes.serve('device.list', async ({ scope }) =>
    done({ serverTimeMs: clock.nowMs(), devices: await board.read(scope.maisonId) }),
  );
  routes.serve('device.make-enrolment', async ({ scope: { maisonId, actor }, body: target }) => {
    if (maisonId !== null && target.maisonId !== maisonId) {
      return refuse('forbidden', 'A console enrols devices of its own Maison.');
    }
    const made = await enrolments.make(target, actor);
    if (!made.ok) return made;
    const { code, expiresAtMs } = made.value;
    return done({ url: deps.enrolmentUrl(target, code), code, expiresAtMs });
  });
  routes.serve('device.list-enrolments', async ({ scope }) =>
    done({ enrolments: await enrolments.open(scope.maisonId) }),
  );
  routes.serve('device.withdraw-enrolment', ({ scope: { maisonId, actor }, params }) =>
    enrolments.withdraw(maisonId, params.id, actor),
  );
  routes.serve('device.revoke', ({ scope, params }) => registry.revoke(params.id, scope));
  routes.serve('passkey.board', async ({ scope }) =>
    done({ passkeys: await passkeyBook.board(scope.maisonId) }),
  );
  routes.serve('passkey.revoke', ({ scope, params }) => passkeyBook.removeFor(scope, params.id));
  routes.serve('stock.board', async ({ scope }) => {
    const known = await stockBoard.read(scope.maisonId);
    const maisons = known.map((one) => ({ ...one, feed: deps.watch(one.maisonId).feed() }));
    return done({ serverTimeMs: clock.nowMs(), maisons });
  });
  routes.serve('audit.read', async ({ scope, query }) => done(await auditReader.read(scope.maisonId, query)));
}
