import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { fingerOf } from '../../protocol/look.ts';
import type { Piece } from '../../protocol/product.ts';
import { Finger } from '../../protocol/finger.ts';
import type { Worn } from '../../protocol/session.ts';
import { fingerWords } from '../../sdk/fit/piece-words.ts';
import { useKiosk, useLocale, useLook, useSay } from '../app/kiosk-context.tsx';

/** How far each finger of the outline reaches, in the drawing's units from its foot. */
const reach: Readonly<Record<Finger, number>> = { thumb: 17, index: 27, middle: 31, ring: 28, little: 21 };
/** Rings on one finger lie so far apart in the drawing. */
const bandStep = 3.4;

/**
 * On which finger the ring is worn, chosen on a hand in outline that shows what the fingers wear. A hand whose back is turned to a mirror has its thumb on the left if it is the left one.
 */
export function FingerChoice(props: {
  readonly worn: Worn;
  readonly onChoose: (worn: Worn) => void;
}): ReactNode {
  const { worn, onChoose } = props;
  const { catalogue } = useKiosk().collection;
  const look = useLook();
  const say = useSay();
  const locale = useLocale();
  const ringOf = ({ pieceId }: Worn): Piece | undefined =>
    catalogue.pieces.find(({ id, category }) => id === pieceId && category === 'ring');
  const rings = look.filter(ringOf);
  const chosen = fingerOf(worn);
  return (
    <div className="fingers">
      <div className="fingers-hand" role="group" aria-label={say('wear.fingers')}>
        {Finger.options.map((finger) => {
          const here = rings.filter((ring) => fingerOf(ring) === finger);
          const name = fingerWords(finger, locale);
          const pieces = here.map((ring) => ringOf(ring)?.name).join(', ');
          return (
            <ToggleButton
              key={finger}
              className="finger"
              isSelected={finger === chosen}
              aria-label={here.length > 0 ? say('wear.finger.wears', { finger: name, pieces }) : name}
              onPress={() => onChoose({ ...worn, finger })}
            >
              <FingerOutline finger={finger} rings={here.map(({ pieceId }) => pieceId === worn.pieceId)} />
            </ToggleButton>
          );
        })}
      </div>
    </div>
  );
}

/** `rings`: of each ring on it, from the lowest, whether it is the one that is looked at. */
function FingerOutline({
  finger,
  rings,
}: {
  readonly finger: Finger;
  readonly rings: readonly boolean[];
}): ReactNode {
  const top = 36 - reach[finger];
  return (
    <svg viewBox="0 0 20 38" aria-hidden="true" focusable="false" fill="none">
      <path className="finger-outline" d={`M4 38V${top + 6}a6 6 0 0 1 12 0V38`} />
      {rings.map((isLookedAt, index) => {
        const y = 31 - index * bandStep;
        return (
          <path
            // The order is all that tells two bands of a drawing apart.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            className="finger-ring"
            data-looked={isLookedAt}
            d={`M3.2 ${y}c4 1.7 9.6 1.7 13.6 0`}
          />
        );
      })}
    </svg>
  );
}
