/** Where something lies on the screen, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** How much more a step aside costs than a step ahead: the eye expects the neighbour in the same row or column. */
const asideCost = 3;

/**
 * Which of `boxes` an arrow key leads to from `from`: the nearest in that direction, steps aside counting more. Null where
 * there is none.
 */
export function nextInDirection(from: Box, boxes: readonly Box[], direction: Direction): number | null {
  let best: number | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  boxes.forEach((box, index) => {
    if (distanceAhead(from, box, direction) <= 0) return;
    const cost = gapAhead(from, box, direction) + asideCost * distanceAside(from, box, direction);
    if (cost < bestCost) {
      best = index;
      bestCost = cost;
    }
  });
  return best;
}

function middle(box: Box): readonly [x: number, y: number] {
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
}

function distanceAhead(from: Box, to: Box, direction: Direction): number {
  const [fromX, fromY] = middle(from);
  const [toX, toY] = middle(to);
  switch (direction) {
    case 'left':
      return fromX - toX;
    case 'right':
      return toX - fromX;
    case 'up':
      return fromY - toY;
    case 'down':
      return toY - fromY;
  }
}

/** From edge to edge: a wide neighbour is as near as a narrow one. */
function gapAhead(from: Box, to: Box, direction: Direction): number {
  switch (direction) {
    case 'left':
      return Math.max(0, from.left - to.right);
    case 'right':
      return Math.max(0, to.left - from.right);
    case 'up':
      return Math.max(0, from.top - to.bottom);
    case 'down':
      return Math.max(0, to.top - from.bottom);
  }
}

/** Zero while the two overlap across the direction. */
function distanceAside(from: Box, to: Box, direction: Direction): number {
  const across =
    direction === 'left' || direction === 'right'
      ? [from.top - to.bottom, to.top - from.bottom]
      : [from.left - to.right, to.left - from.right];
  return Math.max(0, ...across);
}
