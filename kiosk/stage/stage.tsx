import { visitorRequestOf } from '../../scenes/visitor/visitor-request.ts';
import { useEffect, useRef, type ReactNode } from 'react';
import {
  findWorn,
  type Catalogue,
  type Category,
  type FoundVariant,
  type Piece,
} from '../../protocol/product.ts';
import { defaultIntrinsics } from '../../sdk/geometry/intrinsics.ts';
import { createStillTracker } from '../../sdk/tracking/still-tracker.ts';
import type { Worn } from '../../protocol/session.ts';
import type { Pointed } from '../../protocol/together.ts';
import { peopleOf } from '../../sdk/session/visit-context.ts';
import type { Dressed } from '../wiring/people-board.ts';
import { usePointed } from '../app/use-pointed.ts';
import { useDressed, useKiosk, useMirrorStatus, useSay, useVisit } from '../app/kiosk-context.tsx';
import { qualityRequestOf } from '../../scenes/quality/quality-tier.ts';
import type { StagePiece } from '../../scenes/index.ts';
import type { Collection } from '../../sdk/session/collection.ts';
import type { CameraTracker } from '../../sdk/tracking/camera-tracker.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';
import { Poster } from '../parts/poster.tsx';
import { likelyNext } from '../wiring/likely-next.ts';
import { showsClient } from '../wiring/mirror-status.ts';
import { slowTurn, type StagePlace } from './motions.ts';
import { useRunningTracker } from './use-running-tracker.ts';
import { scenePiece, useScene } from './use-scene.ts';

const isDrawnVisitor = visitorRequestOf(location.search) !== null;

/** The head that wears the piece where there is no camera picture. Shared by all houses: it is nobody's. */
const mannequinUrl = '/collections/shared/mannequin.glb';

/** Lower on a tall screen than on a wider one, whose lower third belongs to the words. */
const tall = {
  rest: { distanceMm: 690, aboveMm: 16, turnDeg: 30, periodMs: 26_000 },
  wear: { distanceMm: 620, aboveMm: 34, turnDeg: 26, periodMs: 22_000 },
} as const satisfies Record<string, StagePlace>;

const wide = {
  rest: { distanceMm: 660, aboveMm: 10, turnDeg: 30, periodMs: 26_000 },
  wear: { distanceMm: 720, aboveMm: 92, turnDeg: 26, periodMs: 22_000 },
} as const satisfies Record<keyof typeof tall, StagePlace>;

/** How the head makes room for what is looked at: higher for what lies on the chest, lower under a hat. */
function placeFor(place: StagePlace, category: Category | undefined): StagePlace {
  switch (category) {
    case 'hat':
      return { ...place, aboveMm: place.aboveMm - 46 };
    case 'makeup':
      return { ...place, aboveMm: place.aboveMm + 30 };
    case 'necklace':
      return { ...place, aboveMm: place.aboveMm + 128 };
    default:
      return place;
  }
}

function canonicalTriangles(tracker: Tracker | null): ArrayLike<number> | null {
  const face = tracker && 'canonicalFace' in tracker ? (tracker as CameraTracker).canonicalFace() : null;
  return face?.triangles ?? null;
}

/** A piece of the look and who wears it, of a ring with its finger. */
type ShownPiece = FoundVariant & Pick<Dressed, 'person' | 'finger'>;

/** At rest the collection's first piece is shown. */
function piecesAtRest([first]: Catalogue['pieces']): readonly Dressed[] {
  return first?.variants[0] ? [{ pieceId: first.id, variantId: first.variants[0].id, person: 0 }] : [];
}

/** The look. What the catalogue no longer has is left out. */
function shownPieces({ catalogue }: Collection, look: readonly Dressed[]): readonly ShownPiece[] {
  return look.flatMap(({ finger, person, ...worn }) => {
    const found = findWorn(catalogue, worn);
    return found === undefined ? [] : [{ ...found, person, ...(finger && { finger }) }];
  });
}

function scenePieces(
  { baseUrl }: Collection,
  shown: readonly ShownPiece[],
  looked: Worn | null,
  point: Pointed | null,
): readonly StagePiece[] {
  return shown.map(({ piece, variant, finger, person }) => ({
    ...scenePiece(baseUrl, piece, variant, finger),
    person,
    looked: piece.id === looked?.pieceId,
    ...(piece.id === point?.pieceId && { spot: point.spot }),
  }));
}

/** Whether this person asked their system for less motion. */
function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * The stage behind the screens, edge to edge: the client in the mirror where the camera is open, else the mannequin; at
 * rest the collection's first piece turns on it.
 */
export function Stage({ scene }: { scene: keyof typeof tall }): ReactNode {
  const { collection, tracker, clock, gauge, look: board, people: company } = useKiosk();
  const { theme } = collection;
  const visit = useVisit();
  const { consent, storyId, chapter, worn } = visit;
  const people = Math.max(1, peopleOf(visit));
  const look = useDressed();
  const status = useMirrorStatus();
  const point = usePointed();
  const say = useSay();
  // In a visit nothing is worn that the client, or their advisor, has not chosen.
  const isResting = scene !== 'wear' && look.length === 0;
  const shown = shownPieces(collection, isResting ? piecesAtRest(collection.catalogue.pieces) : look);
  const place = innerWidth > innerHeight * 0.66 ? wide[scene] : tall[scene];
  const looksAt = collection.catalogue.pieces.find(({ id }) => id === worn?.pieceId);
  const wanted = useRef<StagePlace>(place);
  const category = scene === 'wear' ? looksAt?.category : undefined;
  useEffect(() => {
    wanted.current = { ...placeFor(place, category), turnDeg: prefersStillness() ? 0 : place.turnDeg };
  }, [place, category]);
  const mannequin = useRunningTracker(() =>
    createStillTracker({
      intrinsics: defaultIntrinsics(innerWidth, innerHeight),
      clock,
      script: slowTurn(() => wanted.current),
    }),
  );
  const live = scene === 'wear' && consent !== null && showsClient(status);
  const { container, mount, state } = useScene(
    (scenes, element) =>
      scenes.mountMirror(element, {
        mannequinUrl,
        theme: { ground: theme.colours.ground, glow: theme.colours.surface },
        clock,
        quality: qualityRequestOf(location.search),
        faceTriangles: () => canonicalTriangles(tracker),
      }),
    scenePieces(collection, shown, worn, point),
    (mirror, wanted) => mirror.setPieces(wanted),
  );
  useEffect(() => {
    const others = look.filter(({ pieceId }) => pieceId !== worn?.pieceId);
    const looked = worn === null ? others : [...others, worn];
    const likely = likelyNext(collection.catalogue, { look: looked, storyId, chapter });
    const found = likely.flatMap((worn) => findWorn(collection.catalogue, worn) ?? []);
    mount?.setLikely(found.map(({ piece, variant }) => scenePiece(collection.baseUrl, piece, variant)));
  }, [mount, collection, look, worn, storyId, chapter]);
  // Whoever the client touches in the mirror wears the piece: a pointer's shortcut for stepping nearer, so it needs no key.
  useEffect(() => {
    const element = container.current;
    if (!element || !live || !mount || !tracker) return;
    const choose = ({ clientX, clientY }: PointerEvent): void => {
      const { left, top } = element.getBoundingClientRect();
      const point = mount.pictureAt(clientX - left, clientY - top);
      if (point) tracker.choosePerson(point.uPx, point.vPx);
    };
    element.addEventListener('pointerdown', choose);
    return () => element.removeEventListener('pointerdown', choose);
  }, [container, live, mount, tracker]);
  useEffect(() => {
    if (!mount) return undefined;
    const tell = (url: string, note: (pieceId: Piece['id']) => void): void => {
      const piece = collection.catalogue.pieces.find(({ modelPath }) => url.endsWith(modelPath));
      if (piece) note(piece.id);
    };
    const stops = [
      mount.events.on('piece-placed', ({ url, placed }) => tell(url, (id) => board.notePlace(id, placed))),
      mount.events.on('piece-hidden', ({ url, hidden }) => tell(url, (id) => board.noteHidden(id, hidden))),
    ];
    return () => stops.forEach((stop) => stop());
  }, [mount, board, collection]);
  useEffect(() => {
    if (!mount) return undefined;
    const tell = (): void => mount.setCovered(board.coveredShare.get());
    tell();
    return board.coveredShare.subscribe(tell);
  }, [mount, board]);
  // What is tried on next is for whoever was touched.
  useEffect(() => mount?.events.on('person-served', ({ person }) => company.serve(person)), [mount, company]);
  useEffect(() => (mount ? gauge.follow(() => mount.metrics()) : undefined), [mount, gauge]);
  useEffect(() => mount?.setPeople(people), [mount, people]);
  const poster = shown.find(({ piece }) => piece.id === worn?.pieceId) ?? shown.at(-1);
  const shownTracker = live ? tracker : mannequin;
  // A camera that is open may still take its time: the mannequin wears the piece until the client is there. Not before a drawn visitor,
  // whose pictures a machine without a GPU cannot draw beside it.
  const standIn = isDrawnVisitor ? undefined : (mannequin ?? undefined);
  useEffect(() => mount?.setTracker(shownTracker, standIn), [mount, shownTracker, standIn]);
  useEffect(() => {
    if (!mount) return undefined;
    const unsubscribe = mount.events.on('mirrored', ({ mirrored }) => board.noteMirrored(mirrored));
    return () => {
      unsubscribe();
      board.noteMirrored(false);
    };
  }, [mount, board]);
  return (
    <div className="stage" data-state={state} data-scene={scene}>
      {poster && <Poster {...poster} />}
      <div className="stage-canvas" ref={container} aria-hidden="true" />
      {scene === 'wear' && state === 'coming' && <span className="progress" aria-hidden="true" />}
      {scene === 'wear' && (state === 'unavailable' || state === 'piece-failed') && (
        <p className="stage-words" role="status">
          {say(state === 'unavailable' ? 'stage.unavailable' : 'stage.piece-failed')}
        </p>
      )}
    </div>
  );
}
