import type { Answer, WireError } from '../../protocol/errors.ts';
import { findWorn, type Catalogue } from '../../protocol/product.ts';
import { readWishList, type OpenedWishList } from '../../protocol/wish-list.ts';
import type { ScanState, startScan } from '../../sdk/codes/scan-camera.ts';
import type { Clock } from '../../sdk/core/clock.ts';
import type { ListedPiece } from '../../sdk/session/visit-events.ts';

/** How the reading of a list stands, in the words of a screen. */
export type ListStep =
  | ScanState
  /** A code was held up that is no list's: the mirror looks on. */
  | 'foreign'
  /** The boutique is asked for the list. */
  | 'checking'
  /** No code was seen for so long that the camera was closed. */
  | 'unseen'
  | 'unknown'
  | 'expired'
  | 'elsewhere'
  /** The house has nothing of it any more. */
  | 'empty'
  | 'unreachable';

/** What a list brought. */
export interface CameList {
  readonly pieces: readonly ListedPiece[];
  readonly gone: number;
}

/** Nobody holds a phone up for longer than this without a word. */
export const lookForMs = 45_000;

/**
 * Reads one list off a client's phone. Pictures stay in memory; of what is read in them nothing is told to anybody but a list's own secret,
 * to the boutique's server. Returns what ends it and closes the camera.
 */
export function readList(
  video: HTMLVideoElement,
  {
    scan,
    clock,
    catalogue,
    ask,
    onStep,
    onCame,
  }: {
    readonly scan: typeof startScan;
    readonly clock: Clock;
    readonly catalogue: Catalogue;
    readonly ask: (secret: string) => Promise<Answer<OpenedWishList>>;
    readonly onStep: (step: ListStep) => void;
    readonly onCame: (list: CameList) => void;
  },
): () => void {
  let ended = false;
  const close = (): void => {
    stopScan();
    cancelLooking();
  };
  const check = async (secret: string): Promise<void> => {
    // The camera is closed before anything is asked: the mirror's own may be wanted as soon as the answer is here.
    close();
    onStep('checking');
    const answer = await ask(secret);
    if (ended) return;
    if (!answer.ok) return onStep(stepOf(answer.error));
    const list = listed(catalogue, answer.value);
    if (list.pieces.length === 0) onStep('empty');
    else onCame(list);
  };
  let taken = false;
  const stopScan = scan(video, {
    kind: 'list',
    facing: 'user',
    part: 'middle',
    clock,
    onState: (state) => {
      if (state !== 'opening' && state !== 'looking') cancelLooking();
      onStep(state);
    },
    onText: (text) => {
      const secret = readWishList(text);
      if (taken) return;
      if (secret === null) return onStep('foreign');
      taken = true;
      void check(secret).catch(() => (ended ? undefined : onStep('unreachable')));
    },
  });
  const cancelLooking = clock.after(lookForMs, () => {
    close();
    if (!ended) onStep('unseen');
  });
  return () => {
    ended = true;
    close();
  };
}

/** The pieces as the mirror knows them; what it does not have is counted with what is gone. */
function listed(catalogue: Catalogue, { pieces, gone }: OpenedWishList): CameList {
  const known = pieces.flatMap((worn): readonly ListedPiece[] => {
    const found = findWorn(catalogue, worn);
    return found ? [{ worn, sku: found.variant.sku }] : [];
  });
  return { pieces: known, gone: gone.length + pieces.length - known.length };
}

function stepOf({ code }: WireError): ListStep {
  switch (code) {
    case 'code-expired':
      return 'expired';
    case 'wrong-store':
      return 'elsewhere';
    case 'code-unknown':
      return 'unknown';
    default:
      return 'unreachable';
  }
}
