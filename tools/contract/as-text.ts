/** A document as it lies in a file. */
export function asText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
