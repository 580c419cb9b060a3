import type { StillLife } from './still-life.ts';

/** A morning window, high and wide, slightly warm. */
const morning = { azimuthDeg: -62, elevationDeg: 21, sizeDeg: 3, colour: '#ffe2c2', strength: 6.4 } as const;
const paleSky = { colour: '#dcd8dc', strength: 1.5, roomShare: 0.1 } as const;
/** One flame, low and near. */
const candle = { azimuthDeg: -84, elevationDeg: 22, sizeDeg: 5, colour: '#ffc384', strength: 13 } as const;
const evening = { colour: '#b09a9f', strength: 1.1, roomShare: 0.1 } as const;
/** What a bracelet is closed round. */
const cushion = { of: 'linen', halfMm: [27, 20], lengthMm: 30 } as const;

/** The pictures of Aurelle's stories. */
export const aurelleStills: readonly StillLife[] = [
  {
    name: 'nothing-around',
    ground: { of: 'rose-paper', backMm: 320 },
    things: [
      { kind: 'block', of: 'limestone', sizeMm: [210, 30, 190], atMm: [0, 15, -40], turnDeg: [0, -12, 0] },
      { kind: 'piece', pieceId: 'halo-54', variantId: 'rose-gold', atMm: [0, 30, -50], turnDeg: [0, -30, 0] },
    ],
    camera: { fromMm: [-60, 170, 560], atMm: [0, 36, -40], sharpMm: [6, 50, 0], fovDeg: 25, lensMm: 11 },
    sun: morning,
    sky: paleSky,
    exposure: 0.75,
  },
  {
    name: 'one-stone',
    ground: { of: 'ivory-paper', backMm: 160 },
    things: [
      {
        kind: 'block',
        of: 'marble',
        sizeMm: [60, 12, 52],
        atMm: [2, 6, -6],
        turnDeg: [0, 14, 0],
        edgeMm: 0.8,
      },
      {
        kind: 'block',
        of: 'marble',
        sizeMm: [30, 16, 30],
        atMm: [18, 20, -20],
        turnDeg: [0, -6, 0],
        edgeMm: 0.8,
      },
      { kind: 'piece', pieceId: 'aube', variantId: 'yellow-gold', atMm: [-8, 12, 2], turnDeg: [-90, 24, 0] },
      {
        kind: 'piece',
        pieceId: 'aube-pave',
        variantId: 'yellow-gold',
        atMm: [18, 28, -20],
        turnDeg: [0, 10, 0],
      },
      {
        kind: 'piece',
        pieceId: 'aube-emeraude',
        variantId: 'platinum',
        atMm: [26, 0, 28],
        turnDeg: [-78, -20, 0],
      },
    ],
    camera: { fromMm: [20, 84, 190], atMm: [6, 20, 0], sharpMm: [0, 26, 6], fovDeg: 23, lensMm: 3.2 },
    sun: morning,
    sky: paleSky,
    exposure: 0.75,
  },
  {
    name: 'light-that-moves',
    ground: { of: 'rose-paper', backMm: 150 },
    things: [
      { kind: 'block', of: 'limestone', sizeMm: [76, 96, 20], atMm: [0, 48, -14], turnDeg: [0, 12, 0] },
      {
        kind: 'piece',
        pieceId: 'cascade',
        variantId: 'yellow-gold-clear',
        atMm: [0, 78, -1],
        turnDeg: [0, 12, 0],
        hung: true,
      },
      { kind: 'piece', pieceId: 'orbe', variantId: 'rose-gold', atMm: [26, 0, 24], turnDeg: [0, 60, 0] },
    ],
    camera: { fromMm: [30, 96, 300], atMm: [2, 48, 0], sharpMm: [0, 56, 4], fovDeg: 24, lensMm: 5 },
    sun: morning,
    sky: paleSky,
    exposure: 0.75,
  },
  {
    name: 'at-the-wrist',
    ground: { of: 'linen', foldMm: 2, backMm: 400 },
    things: [
      { kind: 'block', of: 'limestone', sizeMm: [110, 34, 100], atMm: [-6, 17, -40], turnDeg: [0, 16, 0] },
      {
        kind: 'piece',
        pieceId: 'heure-31',
        variantId: 'rose',
        atMm: [-4, 34, -40],
        turnDeg: [-36, 14, 0],
        bolster: cushion,
      },
      { kind: 'piece', pieceId: 'onde', variantId: 'rose-gold', atMm: [46, -1, 40], turnDeg: [0, 20, 0] },
      { kind: 'piece', pieceId: 'maille', variantId: 'yellow-gold', atMm: [-44, -1, 46], turnDeg: [0, 0, 0] },
    ],
    camera: { fromMm: [10, 200, 440], atMm: [0, 30, 0], sharpMm: [0, 56, 0], fovDeg: 27, lensMm: 8 },
    sun: morning,
    sky: paleSky,
    exposure: 0.75,
  },
  {
    name: 'a-colour-of-yours',
    ground: { of: 'rose-paper', backMm: 260 },
    things: [
      { kind: 'block', of: 'limestone', sizeMm: [90, 18, 90], atMm: [-6, 9, -20], turnDeg: [0, 20, 0] },
      {
        kind: 'piece',
        pieceId: 'rouge',
        variantId: 'rouge-aurelle',
        atMm: [-16, 18, -22],
        turnDeg: [0, 20, 0],
      },
      { kind: 'piece', pieceId: 'rouge', variantId: 'rose-nu', atMm: [16, 18, -26], turnDeg: [0, -10, 0] },
      { kind: 'piece', pieceId: 'teint-joue', variantId: 'petale', atMm: [40, 0, 46], turnDeg: [0, -18, 0] },
      {
        kind: 'piece',
        pieceId: 'teint-paupiere',
        variantId: 'champagne',
        atMm: [-44, 0, 50],
        turnDeg: [0, 24, 0],
      },
    ],
    camera: { fromMm: [20, 190, 400], atMm: [2, 40, 0], sharpMm: [0, 50, -10], fovDeg: 25, lensMm: 7 },
    sun: morning,
    sky: paleSky,
    exposure: 0.75,
  },
  {
    name: 'the-table-is-laid',
    ground: { of: 'linen', foldMm: 2, backMm: 460 },
    things: [
      { kind: 'block', of: 'dark-oak', sizeMm: [120, 22, 110], atMm: [0, 11, -30], turnDeg: [0, -14, 0] },
      {
        kind: 'piece',
        pieceId: 'heure-31',
        variantId: 'steel',
        atMm: [-2, 22, -30],
        turnDeg: [-36, -16, 0],
        bolster: cushion,
      },
      { kind: 'piece', pieceId: 'onde', variantId: 'yellow-gold', atMm: [30, -1, 82], turnDeg: [0, -24, 0] },
    ],
    camera: { fromMm: [-20, 170, 360], atMm: [2, 36, 0], sharpMm: [0, 50, 0], fovDeg: 28, lensMm: 8 },
    sun: candle,
    sky: evening,
    exposure: 0.58,
  },
  {
    name: 'one-candle',
    ground: { of: 'dark-oak', backMm: 300 },
    things: [
      { kind: 'block', of: 'marble', sizeMm: [70, 92, 20], atMm: [0, 46, -14], turnDeg: [0, -14, 0] },
      {
        kind: 'piece',
        pieceId: 'cascade',
        variantId: 'platinum-sapphire',
        atMm: [-2, 74, -2],
        turnDeg: [0, -14, 0],
        hung: true,
      },
      { kind: 'piece', pieceId: 'lueur', variantId: 'platinum', atMm: [-16, 0, 34], turnDeg: [-50, 20, 0] },
    ],
    camera: { fromMm: [-26, 90, 290], atMm: [0, 46, 0], sharpMm: [0, 54, 4], fovDeg: 24, lensMm: 5 },
    sun: candle,
    sky: evening,
    exposure: 0.58,
  },
  {
    name: 'before-leaving',
    ground: { of: 'marble', backMm: 300 },
    things: [
      { kind: 'block', of: 'dark-oak', sizeMm: [80, 12, 70], atMm: [-4, 6, -12], turnDeg: [0, 16, 0] },
      { kind: 'piece', pieceId: 'rouge', variantId: 'prune', atMm: [-10, 12, -16], turnDeg: [0, 10, 0] },
      {
        kind: 'piece',
        pieceId: 'aube-pave',
        variantId: 'platinum',
        atMm: [22, 0, 36],
        turnDeg: [-84, 30, 0],
      },
    ],
    camera: { fromMm: [24, 120, 300], atMm: [2, 38, 0], sharpMm: [0, 44, 0], fovDeg: 24, lensMm: 6 },
    sun: candle,
    sky: evening,
    exposure: 0.58,
  },
];
