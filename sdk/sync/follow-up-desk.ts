import type { Answer, WireError } from '../../protocol/errors.ts';
import type { AdvisorId, SaleStepId } from '../../protocol/ids.ts';
import type { CommandReply } from '../../protocol/realtime.ts';
import type { FollowUpChange } from '../../protocol/visit-note.ts';
import type { Unsubscribe } from '../core/emitter.ts';
import { ValueStore } from '../core/store.ts';
import type { Link } from './link.ts';

/** What a tablet knows of what its advisor has promised. */
export interface FollowUpView {
  /** Null until it was read. */
  readonly list: CommandReply<'follow-up.list'> | null;
  /** The one client who was asked for last; gone when another task is looked at. */
  readonly client: (CommandReply<'follow-up.client'> & { readonly followUpId: SaleStepId }) | null;
  readonly busy: boolean;
  readonly refused: { readonly followUpId: SaleStepId; readonly error: WireError } | null;
}

const nothing: FollowUpView = { list: null, client: null, busy: false, refused: null };

/** What an advisor has promised, as their tablet sees it: read anew at every change, in memory only, gone when they sign out. */
export class FollowUpDesk {
  readonly state = new ValueStore<FollowUpView>(nothing);
  readonly #link: Link;
  #live = false;
  #advisorId: AdvisorId | null = null;
  /** Counts readings, so that one that was overtaken is not shown. */
  #readings = 0;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Follows the line; returns what stops it and forgets. */
  start(): Unsubscribe {
    const { state, events } = this.#link;
    const stops = [state.subscribe(() => this.#follow()), events.on('board-changed', () => void this.read())];
    this.#follow();
    return () => {
      stops.forEach((stop) => stop());
      this.#forget();
    };
  }

  /** Reads the list anew: also when a new day has begun. */
  async read(): Promise<void> {
    if (this.#advisorId === null) return;
    this.#readings += 1;
    const reading = this.#readings;
    const answer = await this.#link.command('follow-up.list', {});
    if (reading !== this.#readings || !answer.ok) return;
    const { client } = this.state.get();
    const stands = answer.value.followUps.some(({ id }) => id === client?.followUpId);
    this.#set({ list: answer.value, client: stands ? client : null });
  }

  change(followUpId: SaleStepId, change: FollowUpChange): Promise<boolean> {
    return this.#attempt(followUpId, () => this.#link.command('follow-up.change', { followUpId, change }));
  }

  /** Asks the house who the client of a task is. */
  async askClient(followUpId: SaleStepId): Promise<void> {
    await this.#attempt(followUpId, async () => {
      const answer = await this.#link.command('follow-up.client', { followUpId });
      if (answer.ok) this.#set({ client: { ...answer.value, followUpId } });
      return answer;
    });
  }

  /** The client is shown no longer. */
  hideClient(): void {
    const { client, refused } = this.state.get();
    if (client || refused) this.#set({ client: null, refused: null });
  }

  async #attempt(followUpId: SaleStepId, send: () => Promise<Answer<unknown>>): Promise<boolean> {
    const advisorId = this.#advisorId;
    this.#set({ busy: true, refused: null });
    const answer = await send();
    // Somebody else may be signed in by now.
    if (this.#advisorId !== advisorId) return answer.ok;
    this.#set({ busy: false, refused: answer.ok ? null : { followUpId, error: answer.error } });
    await this.read();
    return answer.ok;
  }

  #follow(): void {
    const { status, advisor } = this.#link.state.get();
    const cameLive = status.kind === 'live' && !this.#live;
    this.#live = status.kind === 'live';
    const advisorId = advisor?.id ?? null;
    const isOther = advisorId !== this.#advisorId;
    this.#advisorId = advisorId;
    if (isOther) this.#forget();
    if (advisorId !== null && (isOther || cameLive)) void this.read();
  }

  #forget(): void {
    this.#readings += 1;
    this.state.set(nothing);
  }

  #set(change: Partial<FollowUpView>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
