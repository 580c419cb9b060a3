import type { Locale } from '../protocol/ids.ts';
import type { TakeawayReply } from '../protocol/sale.ts';
import { make } from './element.ts';
import type { Phrase } from './words.ts';

/** The appointment that the phone has taken off the mirror, and the way into its calendar. */
export function takeView(
  { maisonName, appointment, ics }: TakeawayReply,
  {
    locale,
    phrase,
    onList,
  }: { readonly locale: Locale; readonly phrase: Phrase; readonly onList: () => void },
): readonly Node[] {
  const { at, advisor, startsAtMs, state } = appointment;
  const isCancelled = state === 'cancelled';
  const time = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: at.timeZone,
  }).format(startsAtMs);
  const link = make('a', { className: 'button', text: phrase(isCancelled ? 'uncalendar' : 'calendar') });
  link.href = URL.createObjectURL(new Blob([ics], { type: 'text/calendar' }));
  link.download = 'appointment.ics';
  const parts = [
    isCancelled ? make('h1', {}, make('s', { text: time })) : make('h1', { text: time }),
    isCancelled ? make('p', { className: 'problem', text: phrase('cancelled') }) : null,
    make(
      'div',
      { className: 'meeting' },
      make('p', {}, make('span', { text: advisor.name }), make('small', { text: advisor.title[locale] })),
      make('p', {}, make('span', { text: at.name }), make('small', { text: `${maisonName}, ${at.city}` })),
    ),
    make(
      'div',
      { className: 'actions' },
      link,
      isCancelled ? null : make('button', { text: phrase('listMake'), onClick: onList }),
    ),
  ];
  return parts.filter((part) => part !== null);
}
