import { useEffect, useState, type ReactNode } from 'react';
import type { Category } from '../../protocol/product.ts';
import { useKiosk, useMirrorStatus, usePlaced, useSay } from '../app/kiosk-context.tsx';
import type { MessageId } from '../language/en.ts';
import { showsClient } from '../wiring/mirror-status.ts';

/** A client who is about to raise their hand needs no telling. */
const patienceMs = 1_200;

type Guide = 'hand' | 'wrist' | 'shoulders' | 'bag';

const guideOf: Readonly<Partial<Record<Category, Guide>>> = {
  ring: 'hand',
  bracelet: 'wrist',
  watch: 'wrist',
  necklace: 'shoulders',
  bag: 'bag',
};
const words: Readonly<Record<Guide, MessageId>> = {
  hand: 'guide.hand',
  wrist: 'guide.wrist',
  shoulders: 'guide.shoulders',
  bag: 'guide.bag',
};

/**
 * What to do with the body, shown as a gentle outline over the mirror while the piece has nowhere to be worn; gone as soon as it is.
 */
export function BodyGuide({ category }: { category: Category }): ReactNode {
  const { clock } = useKiosk();
  const status = useMirrorStatus();
  const placed = usePlaced();
  const say = useSay();
  const guide = guideOf[category];
  const isLooking = guide !== undefined && showsClient(status) && placed === false;
  const [due, setDue] = useState<Guide | null>(null);
  useEffect(() => {
    if (!isLooking || guide === undefined) return undefined;
    const cancel = clock.after(patienceMs, () => setDue(guide));
    return () => {
      cancel();
      setDue(null);
    };
  }, [clock, isLooking, guide]);
  if (guide === undefined || !isLooking || due !== guide) return null;
  return (
    <div className="body-guide" data-guide={guide}>
      <Outline guide={guide} />
      <p role="status">{say(words[guide])}</p>
    </div>
  );
}

/** A bust in a few lines, and what of the body is asked for. */
function Outline({ guide }: { guide: Guide }): ReactNode {
  const raised =
    'M98 138 94 92c-1-7 7-8 8-1l3 20M102 91l-1-32c0-6 7-6 8 0l2 31M109 59l2-12c1-6 7-5 7 1l-1 12M117 60l3-8c2-5 8-4 7 2l-4 40M123 94l8-9c4-4 9 0 6 5l-16 27-3 21';
  return (
    <svg viewBox="0 0 160 180" aria-hidden="true" focusable="false" fill="none">
      <g className="body-guide-person">
        <path d="M52 30c0-14 8-23 18-23s18 9 18 23c0 17-9 32-18 32S52 47 52 30Z" />
        <path d="M61 60c0 10-2 15-10 18-16 6-34 8-40 34l-5 66M79 60c0 10 2 15 10 18" />
        {guide === 'shoulders' && <path d="M89 78c16 6 34 8 40 34l5 66" />}
      </g>
      {guide === 'hand' && <path className="body-guide-asked" d={raised} />}
      {guide === 'hand' && <ellipse className="body-guide-asked" cx="115" cy="84" rx="5.5" ry="2" />}
      {guide === 'wrist' && (
        <path className="body-guide-asked" d={`${raised}M96 128c8 4 16 4 24 0M97 136c8 4 15 4 22 0`} />
      )}
      {guide === 'shoulders' && (
        <path className="body-guide-asked" d="M54 76c4 22 10 32 16 32s12-10 16-32M70 108v6" />
      )}
      {guide === 'bag' && (
        <path
          className="body-guide-asked"
          d="M89 78c16 6 30 8 33 30l4 26M118 134c-3 5-1 10 4 11s9-3 8-8M110 156c0-14 28-14 28 0M100 156h48l4 22h-56Z"
        />
      )}
    </svg>
  );
}
