/** One field of a protocol-buffers message in wire format. */
export type ProtobufField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: number }
  | { readonly number: number; readonly kind: 'fixed32'; readonly bits: number }
  | { readonly number: number; readonly kind: 'fixed64' }
  | { readonly number: number; readonly kind: 'bytes'; readonly bytes: Uint8Array };

/**
 * Walks the fields of one message in the order they were written. Integers above 2^53 lose their low digits; groups
 * (deprecated) are refused. Source: the "Encoding" chapter of the Protocol Buffers documentation.
 * @throws RangeError when the message is cut short or no message at all.
 */
export function* readProtobuf(message: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 10; shift += 1) {
      const byte = message[at];
      if (byte === undefined) throw new RangeError('The message ends inside a number.');
      at += 1;
      value += (byte & 0x7f) * 2 ** (7 * shift);
      if (byte < 0x80) return value;
    }
    throw new RangeError('A number is longer than ten bytes.');
  };
  const take = (length: number): number => {
    const start = at;
    if (start + length > message.byteLength) throw new RangeError('The message ends inside a field.');
    at = start + length;
    return start;
  };
  while (at < message.byteLength) {
    const key = varint();
    const number = Math.floor(key / 8);
    if (number === 0) throw new RangeError('A field has the number 0.');
    const wireType = key % 8;
    if (wireType === 0) yield { number, kind: 'varint', value: varint() };
    else if (wireType === 1) {
      take(8);
      yield { number, kind: 'fixed64' };
    } else if (wireType === 2) {
      const length = varint();
      const start = take(length);
      yield { number, kind: 'bytes', bytes: message.subarray(start, start + length) };
    } else if (wireType === 5) yield { number, kind: 'fixed32', bits: view.getUint32(take(4), true) };
    else throw new RangeError(`Wire type ${wireType} is unknown.`);
  }
}

/** The IEEE 754 single-precision number whose bits a `fixed32` field carried. */
export function floatFromBits(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  return view.getFloat32(0);
}
