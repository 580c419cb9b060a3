import type { AdvisorId } from '../../protocol/ids.ts';
import type { Call } from '../../protocol/handoff.ts';
import type { Run } from '../../protocol/sale.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import { ValueStore } from '../../sdk/core/store.ts';
import type { Link, LinkState } from '../../sdk/sync/link.ts';
import type { SaleDesk } from '../../sdk/sync/sale-desk.ts';

/** What rings, so that a test may listen. */
export interface BellPorts {
  /** Whether somebody has touched this page: before that no tablet makes a sound, nor trembles. */
  readonly touched: () => boolean;
  readonly sound: () => void;
  readonly vibrate: () => void;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
}

const key = 'vitrine-tablet-bell';

/** Why a call is this advisor's business: nobody is going, or a colleague has passed it to them. Null where it is not. */
function wantsMe({ claimedBy, going }: Call, me: AdvisorId, nowMs: number): 'free' | 'passed' | null {
  if (claimedBy) return null;
  if (!going || going.untilMs <= nowMs) return 'free';
  return going.advisor.id === me && going.passedBy ? 'passed' : null;
}

/** The calls that ring for an advisor, each with the reason: a call rings anew when it has another reason. */
export function ringingCalls({ advisor, session, calls }: LinkState, nowMs: number): ReadonlySet<string> {
  // Whoever is with a client is with them alone.
  if (!advisor || (session && !session.closed)) return new Set();
  return new Set(
    calls.flatMap((call) => {
      const reason = wantsMe(call, advisor.id, nowMs);
      return reason ? [`${call.callId} ${reason}`] : [];
    }),
  );
}

/** The pieces that colleagues ask for and nobody brings yet: each rings once. */
export function ringingRuns({ advisor, session }: LinkState, runs: readonly Run[]): ReadonlySet<string> {
  if (!advisor || (session && !session.closed)) return new Set();
  const asked = runs.filter((run) => run.state === 'asked' && run.askedBy.id !== advisor.id);
  return new Set(asked.map(({ id }) => `${id} asked`));
}

/** The quiet bell: one tone and a tremble when a mirror calls or a colleague asks for a piece, once for each; a switch keeps it still. */
export class CallBell {
  readonly isOn: ValueStore<boolean>;
  readonly #ports: BellPorts;
  #rung: ReadonlySet<string> = new Set();

  constructor(ports: BellPorts) {
    this.#ports = ports;
    this.isOn = new ValueStore(ports.storage.getItem(key) !== 'off');
  }

  /** Listens to the line, and to what the boutique's board asks for; returns what stops it. */
  start(link: Link, sales: Pick<SaleDesk, 'state'>, nowMs: () => number): Unsubscribe {
    const hear = (): void => {
      const state = link.state.get();
      if (state.status.kind !== 'live') return;
      const runs = ringingRuns(state, sales.state.get().board?.runs ?? []);
      this.hear(new Set([...ringingCalls(state, nowMs()), ...runs]));
    };
    hear();
    const stops = [link.state.subscribe(hear), sales.state.subscribe(hear)];
    return () => stops.forEach((stop) => stop());
  }

  /** Rings if one of these did not ring before. */
  hear(calls: ReadonlySet<string>): void {
    const isNew = [...calls].some((call) => !this.#rung.has(call));
    this.#rung = calls;
    if (isNew && this.isOn.get()) this.#ring();
  }

  /** The switch; turned on it lets itself be heard, so that one knows what to listen for. */
  set(on: boolean): void {
    this.isOn.set(on);
    this.#ports.storage.setItem(key, on ? 'on' : 'off');
    if (on) this.#ring();
  }

  #ring(): void {
    if (!this.#ports.touched()) return;
    this.#ports.sound();
    this.#ports.vibrate();
  }
}
