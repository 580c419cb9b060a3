import type { CheckResult } from './check-result.ts';
import type { GltfDescription } from './gltf-description.ts';
import type { KnownCategory } from '../../protocol/product.ts';
import type { PieceExtras } from '../../protocol/piece-extras.ts';
import { accept, refuse } from './check-result.ts';

/** Nodes that a scene moves and that a piece of the category cannot be worn without; of several in one entry it has one. */
const neededParts: Readonly<Record<KnownCategory, readonly (readonly string[])[]>> = {
  eyewear: [['temple_left'], ['temple_right']],
  hat: [],
  earrings: [['earring_left'], ['earring_right']],
  necklace: [['chain']],
  ring: [['band']],
  bracelet: [['bangle', 'chain']],
  watch: [['hand_hour'], ['hand_minute'], ['strap']],
  bag: [['body']],
  makeup: [],
};

/** The longest way that an anchor lies from a model's origin. */
const farthestMm = 2_000;

/** Whether a model has the parts that its category moves, and whether what it says of them can be true. Gives its finishes. */
export function checkWorn(gltf: GltfDescription, extras: PieceExtras): CheckResult<readonly string[]> {
  const names = (gltf.nodes ?? []).flatMap(({ name }) => name ?? []);
  const variants = variantNames(gltf);
  const fault = missingPart(names, extras) ?? impossible(extras) ?? variantFault(variants, extras);
  return fault === null ? accept(variants) : refuse(...fault);
}

type Fault = Parameters<typeof refuse>;

function missingPart(names: readonly string[], extras: PieceExtras): Fault | null {
  const known = new Set(names);
  const needed = Object.hasOwn(neededParts, extras.category)
    ? neededParts[extras.category as KnownCategory]
    : [];
  for (const anyOf of needed) {
    if (anyOf.some((name) => known.has(name))) continue;
    return [
      'missing-part',
      `A piece of the category ${extras.category} needs a node called ${anyOf.join(' or ')}; this model has none.`,
    ];
  }
  const moved = [...needed.flat(), ...extras.moving.map(({ node }) => node)];
  const twice = moved.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) return ['missing-part', `Two nodes of the model are called ${twice}.`];
  const absent = [...extras.moving, ...extras.engraveable].find(({ node }) => !known.has(node));
  return absent === undefined
    ? null
    : ['wrong-extras', `The model names a part that it does not have: ${absent.node}.`];
}

function impossible(extras: PieceExtras): Fault | null {
  const { moving, wornFrame } = extras;
  const still = moving.find(({ axis }) => Math.hypot(...axis) < 1e-6);
  if (still !== undefined) return wrong(`the axis of ${still.node} has no direction`);
  if (Math.hypot(...wornFrame.translationMm) > farthestMm)
    return wrong(`wornFrame.translationMm lies more than ${farthestMm} mm from the model`);
  for (const [least, most] of rangesOf(extras)) {
    if (least[1] > most[1]) return wrong(`fit.${least[0]} is more than fit.${most[0]}`);
  }
  if (extras.category !== 'makeup') return null;
  const [bright] =
    Object.entries(extras.fit.shades).find(([, { color }]) =>
      color.some((share) => share < 0 || share > 1),
    ) ?? [];
  return bright === undefined ? null : wrong(`fit.shades.${bright}.color is not within 0 and 1`);
}

type Size = readonly [name: string, mm: number];

function rangesOf({ category, fit }: PieceExtras): (readonly [Size, Size])[] {
  const between = (least: string, most: string): (readonly [Size, Size])[] => {
    const sizes: Readonly<Record<string, unknown>> = fit;
    const [low, high] = [sizes[least], sizes[most]];
    return typeof low === 'number' && typeof high === 'number'
      ? [
          [
            [least, low],
            [most, high],
          ],
        ]
      : [];
  };
  switch (category) {
    case 'ring':
      return between('leastSizeEu', 'greatestSizeEu');
    case 'watch':
      return between('wristLeastMm', 'wristMostMm');
    case 'necklace':
      return between('shortestMm', 'chainLengthMm');
    default:
      return [];
  }
}

function variantNames({ extensions }: GltfDescription): readonly string[] {
  return (extensions?.KHR_materials_variants?.variants ?? []).map(({ name }) => name);
}

function variantFault(names: readonly string[], extras: PieceExtras): Fault | null {
  if (names.length === 0)
    return ['wrong-variants', 'The model names no finish in KHR_materials_variants; it needs one at least.'];
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) return ['wrong-variants', `Two finishes of the model are called ${twice}.`];
  if (extras.category !== 'makeup') return null;
  const { shades } = extras.fit;
  const bare = names.find((name) => !Object.hasOwn(shades, name));
  if (bare !== undefined) return ['wrong-variants', `The finish ${bare} has no colour in fit.shades.`];
  const unknown = Object.keys(shades).find((name) => !names.includes(name));
  return unknown === undefined
    ? null
    : ['wrong-variants', `fit.shades has a colour ${unknown}, but the model has no such finish.`];
}

function wrong(what: string): Fault {
  return ['wrong-extras', `The model does not say correctly how it is worn: ${what}.`];
}
