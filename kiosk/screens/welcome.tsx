import type { ReactNode } from 'react';
import { useKiosk, useLink, useSay } from '../app/kiosk-context.tsx';
import { Notice } from './notice.tsx';

/** The welcome: where one is, what the camera does and does not do, and how to begin with or without it. */
export function Welcome(): ReactNode {
  const { catalogue } = useKiosk().collection;
  const { identity } = useLink();
  const say = useSay();
  return (
    <main className="screen page">
      <header className="page-head">
        <p className="eyebrow">
          {identity ? `${catalogue.maisonName} · ${identity.store.name}` : catalogue.maisonName}
        </p>
        <h1>{say('welcome.greeting')}</h1>
        <p className="lead">{say('welcome.lead')}</p>
      </header>
      <Notice />
    </main>
  );
}
