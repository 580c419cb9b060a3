import { useEffect, useState, type ReactNode } from 'react';
import type { Category, Piece } from '../../protocol/product.ts';
import type { Finger } from '../../protocol/finger.ts';
import {
  useHidden,
  useKiosk,
  useMirrored,
  useMirrorStatus,
  usePlaced,
  useSay,
} from '../app/kiosk-context.tsx';
import type { MessageId } from '../language/en.ts';
import { showsClient } from '../wiring/mirror-status.ts';

/** A client who is about to raise their hand needs no telling. */
const patienceMs = 1_200;
/** A client who has not followed the outline by then is left their picture, and the words. */
const outlinedMs = 10_000;

type Guide = 'hand' | 'wrist' | 'ears' | 'shoulders' | 'bag' | 'strap';

const guideOf: Readonly<Partial<Record<Category, Guide>>> = {
  ring: 'hand',
  bracelet: 'wrist',
  watch: 'wrist',
  earrings: 'ears',
  necklace: 'shoulders',
  bag: 'bag',
};
const words: Readonly<Record<Guide, MessageId>> = {
  hand: 'guide.hand',
  wrist: 'guide.wrist',
  ears: 'guide.ears',
  shoulders: 'guide.shoulders',
  bag: 'guide.bag',
  strap: 'guide.strap',
};

/** A bag with a strap hangs from the shoulder, any other from the hand. */
function guideFor(piece: Piece): Guide | undefined {
  const onStrap = piece.category === 'bag' && piece.dimensions.strapLengthMm !== undefined;
  return onStrap ? 'strap' : guideOf[piece.category];
}

/** Whether a piece of this kind is worn on a hand, which can be raised where no face is in the picture. */
export function asksForHand(category: Category): boolean {
  const guide = guideOf[category];
  return guide === 'hand' || guide === 'wrist';
}

/**
 * What to do with the body, shown as a gentle outline over the mirror while the piece has nowhere to be worn, or hair lies over it; gone as
 * soon as it is seen.
 */
export function BodyGuide({
  piece,
  finger,
}: {
  readonly piece: Piece;
  /** On which a ring is to be worn. */
  readonly finger: Finger;
}): ReactNode {
  const { clock } = useKiosk();
  const status = useMirrorStatus();
  const mirrored = useMirrored();
  const placed = usePlaced();
  const hidden = useHidden();
  const say = useSay();
  const guide = guideFor(piece);
  // Of somebody who is not there yet the mirror's own words ask that they come before it.
  const isThere = asksForHand(piece.category) ? showsClient(status) : status === 'tracking';
  const isLooking =
    guide !== undefined && mirrored && isThere && (guide === 'ears' ? hidden : placed === false);
  const [due, setDue] = useState<Guide | null>(null);
  const [isOutlined, setOutlined] = useState(true);
  useEffect(() => {
    if (!isLooking || guide === undefined) return undefined;
    const cancels = [
      clock.after(patienceMs, () => setDue(guide)),
      clock.after(patienceMs + outlinedMs, () => setOutlined(false)),
    ];
    return () => {
      for (const cancel of cancels) cancel();
      setDue(null);
      setOutlined(true);
    };
  }, [clock, isLooking, guide]);
  if (guide === undefined || !isLooking || due !== guide) return null;
  return (
    <div className="body-guide" data-guide={guide}>
      {isOutlined && <Outline guide={guide} finger={finger} />}
      <p role="status">{say(words[guide])}</p>
    </div>
  );
}

/** A bust, or a hand, in a few lines where it is to be seen, and on it what is asked for. */
function Outline({ guide, finger }: { readonly guide: Guide; readonly finger: Finger }): ReactNode {
  if (guide === 'hand' || guide === 'wrist') return <Hand guide={guide} finger={finger} />;
  if (guide === 'ears') return <Ears />;
  return (
    <svg
      viewBox={guide === 'shoulders' ? '0 0 140 116' : '0 0 170 196'}
      aria-hidden="true"
      focusable="false"
      fill="none"
    >
      <g className="body-guide-person">
        <path d="M52 30c0-14 8-23 18-23s18 9 18 23c0 17-9 32-18 32S52 47 52 30Z" />
        <path d="M61 60c0 10-2 15-10 18-16 6-34 8-40 34l-5 66M79 60c0 10 2 15 10 18" />
        {guide !== 'bag' && <path d="M89 78c16 6 34 8 40 34l5 66" />}
      </g>
      {guide === 'shoulders' && (
        <path className="body-guide-asked" d="M54 76c4 22 10 32 16 32s12-10 16-32M70 108v6" />
      )}
      {guide === 'strap' && (
        <path
          className="body-guide-asked"
          d="M107 85c6 14 11 38 12 62M116 90c9 12 18 34 21 57M112 147h32l3 28h-38Z"
        />
      )}
      {guide === 'bag' && (
        <path
          className="body-guide-asked"
          d="M89 78c16 6 30 8 33 30l4 26M118 134c-3 5-1 10 4 11s9-3 8-8M110 156c0-14 28-14 28 0M100 156h48l4 34h-56Z"
        />
      )}
    </svg>
  );
}

/** A head whose hair is behind its ears, and what hangs there. */
function Ears(): ReactNode {
  return (
    <svg viewBox="30 0 80 80" aria-hidden="true" focusable="false" fill="none">
      <g className="body-guide-person">
        <path d="M52 30c0-14 8-23 18-23s18 9 18 23c0 17-9 32-18 32S52 47 52 30ZM61 60c0 10-2 15-10 18M79 60c0 10 2 15 10 18" />
        <path d="M52.5 26C58 22 66 16 68 7 74 16 82 22 87.5 26M46 26C45 10 56 2 68 7 84 2 95 10 94 26M45 46c-1 10-3 18-7 24M95 46c1 10 3 18 7 24" />
      </g>
      <path
        className="body-guide-asked"
        d="M51.6 29c-4-3-6.5 0-5.5 4 .8 4 2 7.5 4.5 8M88.4 29c4-3 6.5 0 5.5 4-.8 4-2 7.5-4.5 8M50 43v7M90 43v7M50 50a2 2 0 1 0 0 4a2 2 0 1 0 0-4M90 50a2 2 0 1 0 0 4a2 2 0 1 0 0-4"
      />
    </svg>
  );
}

/** Where a ring lies on the drawn hand: its middle, and how the finger leans, degrees. */
const ringAt: Readonly<Record<Finger, readonly [x: number, y: number, leanDeg: number]>> = {
  thumb: [27, 121, -30],
  index: [52.5, 88, 0],
  middle: [68.5, 86, 0],
  ring: [84, 89, 0],
  little: [98, 104, 5],
};

/** The left hand, its back to the mirror, as the mirror shows it: a ring is looked at with less of the arm than a watch. */
function Hand({ guide, finger }: { readonly guide: 'hand' | 'wrist'; readonly finger: Finger }): ReactNode {
  const [x, y, leanDeg] = ringAt[finger];
  return (
    <svg
      viewBox={guide === 'hand' ? '0 0 118 206' : '0 0 118 252'}
      aria-hidden="true"
      focusable="false"
      fill="none"
    >
      <path
        className="body-guide-person"
        d="M46 252c2-22 4-40 4-60-2-14-6-24-12-34-8-14-20-36-25-50-3-10 7-16 13-8 6 10 12 20 19 26 1-8 0-46 0-80 0-10 14-10 14 0l2 58M61 104V34c0-10 14-10 14 0l.6 70M77 104V44c0-10 14-10 14 0l-1 64M93 108V70c1-10 13-9 12 1l-4 51c-2 18-4 38-8 54-2 8-2 14-1 22 2 18 4 36 6 54"
      />
      {guide === 'hand' ? (
        <path
          className="body-guide-asked"
          d="M-7.5 -1.6c4 3 11 3 15 0M-7.5 1.800c4 3 11 3 15 0"
          transform={`translate(${x} ${y}) rotate(${leanDeg})`}
        />
      ) : (
        <path className="body-guide-asked" d="M49.4 204c11 6 31 6 43 0M48.6 213c12 6 33 6 45 0" />
      )}
    </svg>
  );
}
