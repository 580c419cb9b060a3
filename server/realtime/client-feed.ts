import type { SessionId } from '../../protocol/index.ts';
import type { Background } from '../core/background.ts';
import { houseWide, inMaison } from '../core/scope.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Gateway } from './gateway.ts';
import { deviceRoom } from './rooms.ts';

/** Tells a session's screens that what is known of its client is another than before; what it is they read. */
export class ClientFeed {
  readonly #sessions: Sessions;
  readonly #background: Background;
  readonly #gateway: Pick<Gateway, 'emit'>;

  constructor(deps: { sessions: Sessions; background: Background; gateway: Pick<Gateway, 'emit'> }) {
    this.#sessions = deps.sessions;
    this.#background = deps.background;
    this.#gateway = deps.gateway;
  }

  hint(sessionId: SessionId): void {
    this.#background.run('client-told', async () => {
      const maisonId = await houseWide('whose session it is', () => this.#sessions.maisonOf(sessionId));
      if (maisonId !== null) await inMaison(maisonId, () => this.#tell(sessionId));
    });
  }

  async #tell(sessionId: SessionId): Promise<void> {
    const audience = await this.#sessions.audience(sessionId);
    if (!audience) return;
    const mirror = audience.isClosed || audience.kiosk === null ? [] : [audience.kiosk];
    const screens = [...audience.tablets, ...mirror];
    for (const screen of screens) this.#gateway.emit(deviceRoom(screen), 'client.changed', { sessionId });
  }
}
