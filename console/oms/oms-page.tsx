import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { Button, Form, I18nProvider, Input, Label, TextField } from 'react-aria-components';
import type { Locale } from '../../protocol/ids.ts';
import { findBySku } from '../../protocol/product.ts';
import type { OmsLevelRow } from '../../protocol/oms.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { ReadableStore } from '../../sdk/core/store.ts';
import type { Collection } from '../../sdk/session/collection.ts';
import { timeWithDay } from '../../sdk/session/spoken-time.ts';
import type { LinkState } from '../../sdk/sync/link.ts';
import { LevelCell } from './level-cell.tsx';
import { countOf, type OmsDesk, type OmsDeskState } from './oms-desk.ts';
import { speakerOf, whyWords, type Say } from './words.ts';

interface Voice {
  readonly say: Say;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** The house's own stock system, for a person: every piece, every boutique, one count each. */
export function OmsPage({
  desk,
  collection,
  clock,
  firstLocale,
}: {
  readonly desk: OmsDesk;
  readonly collection: Collection;
  readonly clock: Clock;
  readonly firstLocale: Locale;
}) {
  const line = useStore(desk.link.state);
  const known = useStore(desk.state);
  const [locale, setLocale] = useState(firstLocale);
  const say = speakerOf(locale);
  const voice = {
    say,
    locale,
    timeZone: line.identity?.store.timeZone ?? 'UTC',
    nowMs: clock.nowMs() + line.clockOffsetMs,
  };
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const outside = line.status.kind === 'unenrolled' || line.status.kind === 'refused';
  return (
    <I18nProvider locale={locale === 'en' ? 'en-GB' : 'fr-FR'}>
      <header className="bar">
        <p className="house">{line.identity?.maisonName ?? collection.catalogue.maisonName}</p>
        <LineMark line={line} voice={voice} />
        <Button
          className="quiet"
          aria-label={say('language.other.label')}
          onPress={() => setLocale(locale === 'en' ? 'fr' : 'en')}
        >
          <span lang={locale === 'en' ? 'fr' : 'en'}>{say('language.other')}</span>
        </Button>
      </header>
      {outside ? (
        <Enrol desk={desk} known={known} line={line} say={say} />
      ) : (
        <main>
          <h1>{say('title')}</h1>
          <p className="lead">{say('lead')}</p>
          <div className="news" aria-live="polite">
            {line.status.kind === 'offline' && (
              <p className="note">
                {say('line.offline.words', {
                  time: timeWithDay(line.status.sinceMs, voice.nowMs, locale, voice.timeZone),
                })}
              </p>
            )}
            {known.said && <p className="note">{saidWords(known.said, collection, voice)}</p>}
          </div>
          <div role="alert">
            {known.refusal && <p className="note">{whyWords(say, known.refusal.code)}</p>}
          </div>
          <Levels desk={desk} known={known} line={line} collection={collection} voice={voice} />
        </main>
      )}
    </I18nProvider>
  );
}

function Levels({
  desk,
  known,
  line,
  collection,
  voice,
}: {
  readonly desk: OmsDesk;
  readonly known: OmsDeskState;
  readonly line: LinkState;
  readonly collection: Collection;
  readonly voice: Voice;
}) {
  const { say, locale } = voice;
  if (known.rows === 'unread') return <p className="lead">{say('opening')}</p>;
  if (known.rows === 'failed')
    return (
      <div className="note" role="alert">
        <p>{say('read-failed')}</p>
        <Button className="set" onPress={() => void desk.read()}>
          {say('again')}
        </Button>
      </div>
    );
  const rows: readonly OmsLevelRow[] = known.rows;
  const stores = Array.from(new Map(rows.map((row) => [row.storeId, row])).values());
  // In the catalogue's order; what the catalogue does not know comes last, as it is.
  const told = collection.catalogue.pieces.flatMap((piece) => piece.variants.map((variant) => variant.sku));
  const counted = new Set(rows.map((row) => row.sku));
  const skus = Array.from(new Set([...told.filter((sku) => counted.has(sku)), ...counted]));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say('piece')}</th>
          {stores.map((store) => (
            <th key={store.storeId} scope="col">
              {store.storeName}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {skus.map((sku) => {
          const found = findBySku(collection.catalogue, sku);
          const piece = found?.piece.name ?? sku;
          const variant = found?.variant.name[locale] ?? '';
          return (
            <tr key={sku}>
              <th scope="row">
                <span className="piece">{piece}</span>
                <span className="variant">{variant}</span>
              </th>
              {stores.map((store) => {
                const row = rows.find((one) => one.storeId === store.storeId && one.sku === sku);
                return (
                  <td key={store.storeId} data-boutique={store.storeName}>
                    {row && (
                      <LevelCell
                        desk={desk}
                        known={known}
                        row={row}
                        count={countOf(line, row)}
                        names={{ piece, variant, boutique: store.storeName }}
                        live={line.status.kind === 'live'}
                        voice={voice}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Enrol({
  desk,
  known,
  line,
  say,
}: {
  readonly desk: OmsDesk;
  readonly known: OmsDeskState;
  readonly line: LinkState;
  readonly say: Say;
}) {
  const [code, setCode] = useState('');
  const why = known.refusal?.code ?? (line.status.kind === 'refused' ? line.status.code : null);
  return (
    <main className="enrol">
      <h1>{say('enrol.title')}</h1>
      <p className="lead">{say('enrol.words')}</p>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim().length >= 8) void desk.enrol(code);
        }}
      >
        <TextField className="field" value={code} onChange={setCode} autoComplete="off">
          <Label>{say('enrol.code')}</Label>
          <Input autoCapitalize="characters" spellCheck={false} maxLength={64} />
        </TextField>
        <Button className="set" type="submit" isDisabled={code.trim().length < 8}>
          {say('enrol.send')}
        </Button>
        <div role="alert">{why && <p className="note">{whyWords(say, why)}</p>}</div>
      </Form>
    </main>
  );
}

function LineMark({ line, voice }: { readonly line: LinkState; readonly voice: Voice }) {
  const { say, locale, timeZone, nowMs } = voice;
  const { status } = line;
  switch (status.kind) {
    case 'live':
      return (
        <span className="line-mark" data-live="true">
          {say('line.live')}
        </span>
      );
    case 'connecting':
      return <span className="line-mark">{say('line.connecting')}</span>;
    case 'offline':
      return (
        <span className="line-mark">
          {say('line.offline', { time: timeWithDay(status.sinceMs, nowMs, locale, timeZone) })}
        </span>
      );
    case 'unenrolled':
    case 'refused':
      return <span />;
  }
}

function saidWords(row: OmsLevelRow, collection: Collection, { say, locale }: Voice): string {
  const found = findBySku(collection.catalogue, row.sku);
  return say('said', {
    piece: found?.piece.name ?? row.sku,
    variant: found?.variant.name[locale] ?? '',
    count: row.onHand,
    boutique: row.storeName,
  });
}

function useStore<Value>(store: ReadableStore<Value>): Value {
  return useSyncExternalStore(
    useCallback((listener) => store.subscribe(listener), [store]),
    () => store.get(),
  );
}
