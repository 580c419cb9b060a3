/**
 * The element at an index that the caller knows to be inside; a negative or too large index wraps, as loops need.
 * Raises RangeError on an empty list.
 */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[((index % items.length) + items.length) % items.length];
  if (item === undefined) {
    throw new RangeError('at: the list is empty');
  }
  return item;
}
