import { useState } from 'react';
import { Button, Group, Input, NumberField } from 'react-aria-components';
import type { OmsLevelRow } from '../../protocol/oms.ts';
import { timeWithDay } from '../../sdk/session/spoken-time.ts';
import type { Locale } from '../../protocol/ids.ts';
import { cellKey, type Count, type OmsDesk, type OmsDeskState } from './oms-desk.ts';
import type { Say } from './words.ts';

/** One count that a person changes: step or type, then set. Until it is set, what the OMS counts stays beside it. */
export function LevelCell({
  desk,
  known,
  row,
  count,
  names,
  live,
  voice,
}: {
  readonly desk: OmsDesk;
  readonly known: OmsDeskState;
  readonly row: OmsLevelRow;
  readonly count: Count;
  readonly names: { readonly piece: string; readonly variant: string; readonly boutique: string };
  readonly live: boolean;
  readonly voice: {
    readonly say: Say;
    readonly locale: Locale;
    readonly timeZone: string;
    readonly nowMs: number;
  };
}) {
  const { say, locale, timeZone, nowMs } = voice;
  const [draft, setDraft] = useState<number | null>(null);
  const shown = draft ?? count.onHand;
  const changed = draft !== null && draft !== count.onHand;
  const busy = known.setting === cellKey(row.storeId, row.sku);
  const save = async () => {
    if (changed && (await desk.count(row.storeId, row.sku, draft))) setDraft(null);
  };
  return (
    <div className="cell" data-changed={changed || undefined}>
      <div className="cell-edit">
        <NumberField
          aria-label={say('on-hand', names)}
          minValue={0}
          maxValue={9_999}
          value={shown}
          isDisabled={!live || busy}
          onChange={(value) => setDraft(Number.isNaN(value) ? null : value)}
        >
          <Group className="stepper">
            <Button slot="decrement" aria-label={say('less')}>
              −
            </Button>
            {/* The field takes what was typed at the key's way down; on its way up the draft is there to be set. */}
            <Input onKeyUp={(event) => event.key === 'Enter' && void save()} />
            <Button slot="increment" aria-label={say('more')}>
              +
            </Button>
          </Group>
        </NumberField>
        {changed && (
          <Button
            className="set"
            isDisabled={!live || busy}
            aria-label={say('set.label', { ...names, count: shown })}
            onPress={() => void save()}
          >
            {busy ? say('setting') : say('set')}
          </Button>
        )}
      </div>
      <p className="cell-words">
        {count.available === null ? say('unknown') : say('free', { count: count.available })}
        {count.asOfMs !== null && (
          <span>
            {say('as-of', { time: timeWithDay(count.asOfMs, nowMs, locale, timeZone) })}
            {count.source !== null && count.source !== 'embedded' && ` · ${count.source}`}
          </span>
        )}
      </p>
    </div>
  );
}
