import { describe, expect, it } from 'vitest';
import { faceLandmarkCount } from '../geometry/canonical-face.ts';
import type { FaceLandmarks } from '../geometry/face-landmarks.ts';
import type { FaceEye, FaceSenses } from './face-tracks.ts';
import { FaceTracks } from './face-tracks.ts';
import type { FacePlace, PictureRegion } from './picture-region.ts';

const picture = { widthPx: 1280, heightPx: 720 };
const image = {} as ImageBitmap;

/** People before the mirror, and how often somebody's face was landmarked. */
class Room {
  people: (FacePlace & { readonly name: string })[] = [];
  readonly landmarked: string[] = [];
  eyesOpened = 0;

  /** The name of whose landmarks these are: their place tells. */
  nameAt(landmarks: FaceLandmarks): string {
    const [u, v] = [(landmarks[0] ?? 0) * picture.widthPx, (landmarks[1] ?? 0) * picture.heightPx];
    const distance = ({ uPx, vPx }: FacePlace) => Math.hypot(uPx - u, vPx - v);
    return this.people.toSorted((one, other) => distance(one) - distance(other))[0]?.name ?? 'nobody';
  }

  eye(): FaceEye {
    return {
      forget: () => undefined,
      look: (_, crop) => {
        const seen = this.people.find((person) => isInside(person, crop, 0.15));
        if (seen === undefined) return null;
        this.landmarked.push(seen.name);
        return landmarksOf(seen, crop);
      },
    };
  }

  senses(): FaceSenses {
    return {
      detect: (_, region) => this.people.filter((person) => isInside(person, region, 0.13)),
      motion: () => null,
      openEye: () => {
        this.eyesOpened += 1;
        return Promise.resolve(this.eye());
      },
    };
  }
}

function isInside(face: FacePlace, region: PictureRegion, leastShare: number): boolean {
  const half = face.heightPx / 2;
  return (
    face.heightPx / Math.max(region.widthPx, region.heightPx) > leastShare &&
    face.uPx - half >= region.xPx &&
    face.uPx + half <= region.xPx + region.widthPx &&
    face.vPx - half >= region.yPx &&
    face.vPx + half <= region.yPx + region.heightPx
  );
}

/** Landmarks spread over the face's box, in the crop's own coordinates. */
function landmarksOf(face: FacePlace, crop: PictureRegion): FaceLandmarks {
  const landmarks = new Float32Array(faceLandmarkCount * 3);
  const spread = [0, -0.5, 0.5] as const;
  for (let point = 0; point < faceLandmarkCount; point += 1) {
    const off = (spread[point % 3] ?? 0) * face.heightPx;
    landmarks[point * 3] = (face.uPx + 0.8 * off - crop.xPx) / crop.widthPx;
    landmarks[point * 3 + 1] = (face.vPx + off - crop.yPx) / crop.heightPx;
  }
  return landmarks;
}

function run(
  room: Room,
  tracks: FaceTracks,
  frames: number,
  fromMs = 0,
): { trackId: number; name: string }[] {
  let last: { trackId: number; name: string }[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    last = tracks
      .follow(image, picture, fromMs + frame * 33)
      .map(({ trackId, landmarks }) => ({ trackId, name: room.nameAt(landmarks) }));
  }
  return last;
}

function mirror(...people: Room['people']) {
  const room = new Room();
  room.people = people;
  return { room, tracks: new FaceTracks(room.senses(), room.eye()) };
}

const ada = { name: 'ada', uPx: 400, vPx: 350, heightPx: 180 };
const ben = { name: 'ben', uPx: 950, vPx: 380, heightPx: 90 };
const far = { name: 'far', uPx: 1_180, vPx: 90, heightPx: 45 };

describe('whose face is followed', () => {
  it('is found far away and in a corner, within one sweep', () => {
    const { room, tracks } = mirror(far);
    expect(run(room, tracks, 25)).toEqual([{ trackId: 1, name: 'far' }]);
  });

  it('is the nearest person alone; of everybody else not one landmark is computed', () => {
    const { room, tracks } = mirror(ben, ada, far);
    expect(run(room, tracks, 60)).toEqual([{ trackId: 1, name: 'ada' }]);
    expect(new Set(room.landmarked)).toEqual(new Set(['ada']));
  });

  it('is the one who was touched', () => {
    const { room, tracks } = mirror(ada, ben);
    run(room, tracks, 10);
    tracks.choose({ uPx: 955, vPx: 370 });
    expect(run(room, tracks, 30, 1_000)).toEqual([{ trackId: 2, name: 'ben' }]);
  });

  it('stays the client’s when they touched an empty place long before a passer-by stood there', () => {
    const { room, tracks } = mirror(ada);
    run(room, tracks, 10);
    tracks.choose({ uPx: ben.uPx, vPx: ben.vPx });
    run(room, tracks, 60, 1_000);
    room.people = [ada, ben];
    expect(run(room, tracks, 60, 4_000)).toEqual([{ trackId: 1, name: 'ada' }]);
    expect(room.landmarked).not.toContain('ben');
  });

  it('stays who was touched last, also when the touch before met nobody', () => {
    const { room, tracks } = mirror(ada);
    run(room, tracks, 10);
    tracks.choose({ uPx: ben.uPx, vPx: ben.vPx });
    tracks.choose({ uPx: ada.uPx, vPx: ada.vPx });
    room.people = [ada, ben];
    expect(run(room, tracks, 30, 400).map(({ name }) => name)).toEqual(['ada']);
  });

  it('are all who agreed, each under their own number, the first served first', async () => {
    const { room, tracks } = mirror(ada, ben, far);
    run(room, tracks, 10);
    await tracks.allow(2);
    expect(run(room, tracks, 90, 1_000)).toEqual([
      { trackId: 1, name: 'ada' },
      { trackId: 2, name: 'ben' },
    ]);
    expect(room.landmarked).not.toContain('far');
    tracks.choose({ uPx: 950, vPx: 380 });
    expect(run(room, tracks, 3, 5_000).map(({ name }) => name)).toEqual(['ben', 'ada']);
    await tracks.allow(1);
    expect(run(room, tracks, 3, 6_000).map(({ name }) => name)).toEqual(['ben']);
    expect(room.eyesOpened).toBe(1);
  });

  it('are two who stand close to the mirror, each in their own crop, also when one leans over', async () => {
    const [eva, tom] = [
      { name: 'eva', uPx: 430, vPx: 340, heightPx: 262 },
      { name: 'tom', uPx: 840, vPx: 380, heightPx: 250 },
    ];
    const { room, tracks } = mirror(eva);
    run(room, tracks, 10);
    await tracks.allow(2);
    room.people = [tom, eva];
    const both = [
      { trackId: 1, name: 'eva' },
      { trackId: 2, name: 'tom' },
    ];
    expect(run(room, tracks, 30, 400)).toEqual(both);
    for (let step = 0; step < 40; step += 1) {
      room.people = [tom, { ...eva, uPx: 430 + step * 3 }];
      expect(run(room, tracks, 1, 1_400 + step * 33)).toEqual(both);
    }
    // One who is missed on a single picture is there all the same: the other's eye looks where it did.
    room.people = [eva];
    run(room, tracks, 1, 2_800);
    room.people = [tom, eva];
    for (let frame = 0; frame < 12; frame += 1)
      expect(run(room, tracks, 1, 2_833 + frame * 33), `frame ${frame}`).toEqual(both);
    // Alone again, a face as near as this is followed on the whole picture.
    await tracks.allow(1);
    room.people = [eva];
    expect(run(room, tracks, 3, 4_000)).toEqual([both[0]]);
  });

  it('keeps its number through a blink, also a little aside, and not after two seconds', () => {
    const { room, tracks } = mirror(ada);
    run(room, tracks, 10);
    room.people = [];
    run(room, tracks, 20, 330);
    room.people = [{ ...ada, uPx: 500 }];
    expect(run(room, tracks, 20, 990)).toEqual([{ trackId: 1, name: 'ada' }]);
    room.people = [];
    run(room, tracks, 80, 2_000);
    room.people = [ada];
    expect(run(room, tracks, 20, 5_000)).toEqual([{ trackId: 2, name: 'ada' }]);
  });

  it('is followed as it walks through the picture', () => {
    const { room, tracks } = mirror(ben);
    run(room, tracks, 10);
    for (let step = 0; step < 120; step += 1) {
      room.people = [{ ...ben, uPx: 950 - step * 6 }];
      expect(run(room, tracks, 1, 400 + step * 33)).toEqual([{ trackId: 1, name: 'ben' }]);
    }
  });

  it('is nobody any more after a reset', () => {
    const { room, tracks } = mirror(ada);
    run(room, tracks, 10);
    tracks.reset();
    room.people = [];
    expect(run(room, tracks, 3, 400)).toEqual([]);
  });
});
