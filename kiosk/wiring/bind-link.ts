import type { Locale } from '../../protocol/ids.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import type { VisitEvent } from '../../sdk/session/visit-events.ts';
import type { Link } from '../../sdk/sync/link.ts';

/** Tells the visit what is heard from the boutique, each change once. Returns what stops it. */
export function bindLink(link: Link, send: (event: VisitEvent) => void): Unsubscribe {
  let { claim, session } = { claim: null, session: null } as Pick<
    ReturnType<Link['state']['get']>,
    'claim' | 'session'
  >;
  let online: boolean | null = null;
  let houseLocale: Locale | null = null;

  const hear = (): void => {
    const state = link.state.get();
    const live = state.status.kind === 'live';
    if (live !== online) {
      online = live;
      send({ type: 'line', online: live });
    }
    const locale = state.identity?.store.locale ?? null;
    if (locale && locale !== houseLocale) {
      houseLocale = locale;
      send({ type: 'house-language', locale });
    }
    if (state.claim !== claim) {
      claim = state.claim;
      if (claim) send({ type: 'claimed', claim });
    }
    if (state.session !== session) {
      session = state.session;
      send({ type: 'session', session });
    }
  };

  hear();
  const stops = [
    link.state.subscribe(hear),
    link.events.on('offer-ended', (end) => send({ type: 'offer-ended', end })),
  ];
  return () => stops.forEach((stop) => stop());
}
