import type { StillLife } from './still-life.ts';

/** Low sun of the north: from the side, amber, a pale sky opposite. */
const lowSun = { azimuthDeg: -66, elevationDeg: 20, sizeDeg: 2.5, colour: '#ffe4c6', strength: 13 } as const;
const coldSky = { colour: '#b9c4d2', strength: 1.3, roomShare: 1.1 } as const;
/** A lamp on a table, in the evening. */
const lampLight = { azimuthDeg: -96, elevationDeg: 32, sizeDeg: 6, colour: '#ffc78a', strength: 13 } as const;
const nightSky = { colour: '#8694ab', strength: 0.9, roomShare: 1.1 } as const;
/** What a strap is closed round. */
const cushion = { of: 'grey-paper', halfMm: [27, 20], lengthMm: 34 } as const;

/** The pictures of Norde's stories. */
export const nordeStills: readonly StillLife[] = [
  {
    name: 'one-block',
    ground: { of: 'plaster', backMm: 300 },
    things: [
      { kind: 'block', of: 'basalt', sizeMm: [230, 44, 210], atMm: [0, 22, -30], turnDeg: [0, 14, 0] },
      { kind: 'block', of: 'basalt', sizeMm: [120, 120, 90], atMm: [86, 60, -150], turnDeg: [0, -8, 0] },
      { kind: 'piece', pieceId: 'fjord-51', variantId: 'tortoise', atMm: [-8, 44, -40], turnDeg: [0, 32, 0] },
      { kind: 'screen', sizeMm: [20, 900, 500], atMm: [-420, 700, -120] },
    ],
    camera: { fromMm: [60, 180, 560], atMm: [2, 44, -40], sharpMm: [-10, 66, 20], fovDeg: 27, lensMm: 12 },
    sun: lowSun,
    sky: coldSky,
    exposure: 1,
  },
  {
    name: 'noon-at-the-horizon',
    ground: { of: 'limestone', backMm: 620 },
    things: [
      {
        kind: 'piece',
        pieceId: 'meridian-58',
        variantId: 'gold-green',
        atMm: [0, 0, 0],
        turnDeg: [0, -28, 0],
      },
    ],
    camera: { fromMm: [-30, 120, 600], atMm: [-4, 8, -30], sharpMm: [0, 30, 0], fovDeg: 28, lensMm: 14 },
    sun: { ...lowSun, azimuthDeg: 132, elevationDeg: 14, strength: 13 },
    sky: coldSky,
    exposure: 1,
  },
  {
    name: 'against-the-weather',
    ground: { of: 'plaster', backMm: 420 },
    things: [
      { kind: 'block', of: 'dark-oak', sizeMm: [360, 150, 300], atMm: [-60, 75, -120], turnDeg: [0, 10, 0] },
      { kind: 'piece', pieceId: 'skive', variantId: 'bone', atMm: [-40, 150, -110], turnDeg: [0, 24, 0] },
      { kind: 'piece', pieceId: 'bothy', variantId: 'signal', atMm: [140, 0, 90], turnDeg: [0, -24, 0] },
    ],
    camera: { fromMm: [120, 400, 1_350], atMm: [30, 120, -60], fovDeg: 25, lensMm: 20 },
    sun: { ...lowSun, elevationDeg: 22 },
    sky: coldSky,
    exposure: 1,
  },
  {
    name: 'what-a-hand-carries',
    ground: { of: 'plaster', backMm: 330 },
    things: [
      { kind: 'block', of: 'oak', sizeMm: [620, 60, 300], atMm: [0, 30, -60], turnDeg: [0, 4, 0] },
      { kind: 'piece', pieceId: 'lund', variantId: 'black', atMm: [-70, 60, -70], turnDeg: [0, 24, 0] },
      { kind: 'piece', pieceId: 'strand', variantId: 'bone', atMm: [150, 60, 0], turnDeg: [0, -16, 0] },
    ],
    camera: { fromMm: [60, 330, 1_350], atMm: [30, 140, -40], fovDeg: 27, lensMm: 18 },
    sun: { ...lowSun, elevationDeg: 24 },
    sky: coldSky,
    exposure: 1,
  },
  {
    name: 'the-hour-here',
    ground: { of: 'plaster', backMm: 220 },
    things: [
      { kind: 'block', of: 'basalt', sizeMm: [150, 40, 130], atMm: [0, 20, 0], turnDeg: [0, 18, 0] },
      {
        kind: 'piece',
        pieceId: 'nord-39',
        variantId: 'black',
        atMm: [0, 40, -4],
        turnDeg: [-34, 20, 0],
        bolster: cushion,
      },
    ],
    camera: { fromMm: [50, 150, 330], atMm: [0, 52, 0], sharpMm: [0, 80, 20], fovDeg: 25, lensMm: 7 },
    sun: lowSun,
    sky: coldSky,
    exposure: 1,
  },
  {
    name: 'the-door',
    ground: { of: 'plaster', backMm: 200 },
    things: [
      { kind: 'block', of: 'dark-oak', sizeMm: [700, 40, 260], atMm: [0, 20, -20] },
      { kind: 'piece', pieceId: 'strand', variantId: 'forest', atMm: [-80, 40, -50], turnDeg: [0, 18, 0] },
      { kind: 'piece', pieceId: 'bothy', variantId: 'slate', atMm: [150, 40, 40], turnDeg: [0, -20, 0] },
    ],
    camera: { fromMm: [-40, 300, 1_300], atMm: [30, 120, -20], fovDeg: 26, lensMm: 18 },
    sun: lampLight,
    sky: nightSky,
    exposure: 1,
  },
  {
    name: 'by-the-lamp',
    ground: { of: 'dark-wool', foldMm: 10, backMm: 500 },
    things: [
      { kind: 'block', of: 'ivory-paper', sizeMm: [150, 14, 210], atMm: [-40, 7, -60], turnDeg: [0, 22, 0] },
      { kind: 'block', of: 'grey-paper', sizeMm: [156, 4, 216], atMm: [-40, 16, -60], turnDeg: [0, 20, 0] },
      { kind: 'piece', pieceId: 'fjord-51', variantId: 'smoke', atMm: [-36, 18, -60], turnDeg: [0, 38, 0] },
      {
        kind: 'piece',
        pieceId: 'nord-39',
        variantId: 'blue',
        atMm: [70, 0, 70],
        turnDeg: [-46, -16, 0],
        bolster: cushion,
      },
    ],
    camera: { fromMm: [60, 300, 480], atMm: [6, 36, -10], sharpMm: [20, 40, 40], fovDeg: 27, lensMm: 12 },
    sun: lampLight,
    sky: nightSky,
    exposure: 1,
  },
  {
    name: 'out-again',
    ground: { of: 'limestone', backMm: 420 },
    things: [
      { kind: 'block', of: 'limestone', sizeMm: [700, 110, 260], atMm: [60, 55, -200] },
      { kind: 'piece', pieceId: 'lund', variantId: 'cognac', atMm: [30, 110, -200], turnDeg: [0, -22, 0] },
      {
        kind: 'piece',
        pieceId: 'meridian-58',
        variantId: 'gunmetal-blue',
        atMm: [-60, 0, 60],
        turnDeg: [0, 26, 0],
      },
    ],
    camera: { fromMm: [-60, 330, 1_150], atMm: [0, 130, -60], fovDeg: 27, lensMm: 16 },
    sun: { ...lowSun, azimuthDeg: -104, elevationDeg: 15, colour: '#ffd3ae', strength: 8 },
    sky: { colour: '#aebbd0', strength: 1.5, roomShare: 1.1 },
    exposure: 1,
  },
];
