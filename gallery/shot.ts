/** One picture of the sheet. */
export interface Shot {
  readonly name: string;
  readonly png: Blob;
}
