import type { MaisonId } from '../../../protocol/index.ts';
import type { OmsCursor, OmsListener } from '../../../protocol/connector/index.ts';
import type { Background } from '../../core/background.ts';
import type { Database } from '../../persistence/database.ts';

/** One follower of a Maison's changes: reads them in order, each time it is told that there may be more. */
export class ChangeFollower {
  readonly #database: Database;
  readonly #background: Background;
  readonly #maisonId: MaisonId;
  readonly #listener: OmsListener;
  readonly #cursor: OmsCursor | null;
  #seq: number | null = null;
  #state: 'idle' | 'reading' | 'told-while-reading' | 'stopped' = 'idle';

  constructor(deps: {
    database: Database;
    background: Background;
    maisonId: MaisonId;
    cursor: OmsCursor | null;
    listener: OmsListener;
  }) {
    this.#database = deps.database;
    this.#background = deps.background;
    this.#maisonId = deps.maisonId;
    this.#cursor = deps.cursor;
    this.#listener = deps.listener;
  }

  /** There may be changes to read. */
  wake(): void {
    if (this.#state === 'reading') this.#state = 'told-while-reading';
    if (this.#state !== 'idle') return;
    this.#state = 'reading';
    this.#background.run('oms-changes', async () => {
      try {
        await this.#read();
      } finally {
        const again = this.#state === 'told-while-reading';
        if (this.#state !== 'stopped') this.#state = 'idle';
        if (again) this.wake();
      }
    });
  }

  stop(): void {
    this.#state = 'stopped';
  }

  async #read(): Promise<void> {
    const { db } = this.#database;
    if (this.#seq === null) {
      const head = await db
        .selectFrom('oms_heads')
        .selectAll()
        .where('maison_id', '=', this.#maisonId)
        .executeTakeFirst();
      const seq = head?.seq ?? 0;
      const from = this.#cursor === null ? -1 : Number(this.#cursor);
      const reaches = Number.isSafeInteger(from) && from >= (head?.pruned_to_seq ?? 0) && from <= seq;
      this.#seq = reaches ? from : seq;
      if (!reaches && !this.#hasStopped()) this.#listener.gap(String(seq));
    }
    const rows = await db
      .selectFrom('oms_changes')
      .selectAll()
      .where('maison_id', '=', this.#maisonId)
      .where('seq', '>', this.#seq)
      .orderBy('seq')
      .execute();
    for (const { seq, store_id: storeId, sku } of rows) {
      if (this.#hasStopped()) return;
      this.#seq = seq;
      this.#listener.hint({ storeId, sku }, String(seq));
    }
  }

  #hasStopped(): boolean {
    return this.#state === 'stopped';
  }
}
