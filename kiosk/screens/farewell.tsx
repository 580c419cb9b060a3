import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { findBySku, posterOf } from '../../protocol/product.ts';
import { useKiosk, useSay, useSend, useVisit, useWords } from '../app/kiosk-context.tsx';
import { Promises } from '../parts/promises.tsx';
import { listAddress } from '../../sdk/session/address-fragment.ts';
import { Poster } from '../parts/poster.tsx';
import { QrMark } from '../parts/qr-mark.tsx';
import { Swatch } from '../parts/swatch.tsx';

/** What is kept and where it goes; everything else is about to be erased. */
export function Farewell(): ReactNode {
  const { collection, publicUrl } = useKiosk();
  const { catalogue } = collection;
  const { kept, session } = useVisit();
  const say = useSay();
  const send = useSend();
  const words = useWords();
  const pieces = kept.map((sku) => findBySku(catalogue, sku)).filter((found) => found !== undefined);
  const count = pieces.length;
  return (
    <main className="screen page farewell">
      <header className="page-head">
        <h1 className="hero">{say('farewell.title')}</h1>
      </header>
      <section className="kept">
        {count === 0 ? (
          <p className="lead">{say('farewell.none')}</p>
        ) : (
          <>
            <h2>
              {session
                ? say('farewell.kept.with', { count, name: session.advisor.name })
                : say('farewell.kept.alone', { count })}
            </h2>
            <ul className="kept-list">
              {pieces.map(({ piece, variant }) => (
                <li key={variant.sku}>
                  {posterOf(piece, variant) === null ? (
                    <Swatch variant={variant} />
                  ) : (
                    <Poster piece={piece} variant={variant} />
                  )}
                  <span className="kept-name">{piece.name}</span>
                  <span className="kept-variant">{words(variant.name)}</span>
                </li>
              ))}
            </ul>
            <div className="farewell-take">
              <QrMark
                text={listAddress(publicUrl, catalogue.maisonId, kept)}
                label={say('farewell.take.label')}
              />
              <p className="lead">{say('farewell.take')}</p>
            </div>
            {!session && <p className="farewell-wipe">{say('farewell.kept.alone.words')}</p>}
          </>
        )}
        {session && (
          <div className="farewell-signs">
            <Promises session={session} isWhole />
          </div>
        )}
      </section>
      <p className="farewell-wipe">{say('farewell.wipe.words')}</p>
      <div className="actions">
        <Button className="primary" onPress={() => send({ type: 'leave' })}>
          {say('farewell.erase')}
        </Button>
      </div>
    </main>
  );
}

/** The wipe, where everyone can see it: the page is swept clean, and says so. */
export function Wiping(): ReactNode {
  const say = useSay();
  return (
    <main className="screen wiping">
      <span className="wipe-veil" aria-hidden="true" />
      <div className="wipe-words" role="status">
        <h1>{say('wiping.title')}</h1>
        <p className="lead">{say('wiping.words')}</p>
      </div>
    </main>
  );
}
