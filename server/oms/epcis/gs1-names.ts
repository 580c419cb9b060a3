/** A GTIN as 14 digits, from 8, 12, 13 or 14 of them; null where the check digit is wrong. */
export function asGtin14(digits: string): string | null {
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return null;
  return checkDigitOf(digits.slice(0, -1)) === digits.at(-1) ? digits.padStart(14, '0') : null;
}

/** GS1's check digit: weights three and one from the right. */
function checkDigitOf(digits: string): string {
  let sum = 0;
  for (const [index, digit] of Array.from(digits).toReversed().entries())
    sum += Number(digit) * (index % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/**
 * The GTIN-14 in the name of an item or of a class of items, as EPCIS 2.0 writes them: an EPC URN (`sgtin`, `lgtin`, an `idpat` of either) or
 * a GS1 Digital Link. Null for anything else (GS1 EPC Tag Data Standard 2.0, GS1 Digital Link 1.2).
 */
export function gtinOf(name: string): string | null {
  const urn = /^urn:epc:(?:id:sgtin|class:lgtin|idpat:sgtin):(\d{6,12})\.(\d{1,7})\.\S{1,80}$/.exec(name);
  if (urn) {
    const [, company = '', item = ''] = urn;
    if (company.length + item.length !== 13) return null;
    const body = item.charAt(0) + company + item.slice(1);
    return body + checkDigitOf(body);
  }
  const link = /^https?:\/\/[^\s?#]{1,200}?\/01\/(\d{8,14})(?:[/?#]\S{0,300})?$/.exec(name);
  return link ? asGtin14(link[1] ?? '') : null;
}

/** The GLN in the name of a place: `urn:epc:id:sgln:…` or a GS1 Digital Link with `/414/`. Null for anything else. */
export function glnOf(name: string): string | null {
  const urn = /^urn:epc:id:sgln:(\d{6,12})\.(\d{0,6})\.\S{1,80}$/.exec(name);
  if (urn) {
    const body = `${urn[1] ?? ''}${urn[2] ?? ''}`;
    return body.length === 12 ? body + checkDigitOf(body) : null;
  }
  const gln = /^https?:\/\/[^\s?#]{1,200}?\/414\/(\d{13})(?:[/?#]\S{0,300})?$/.exec(name)?.[1];
  return gln !== undefined && checkDigitOf(gln.slice(0, -1)) === gln.at(-1) ? gln : null;
}
