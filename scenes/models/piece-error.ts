import { VitrineError } from '../../sdk/core/vitrine-error.ts';

/**
 * Why a model cannot be shown.
 * - `piece-unreachable`: the address did not answer with the file.
 * - `piece-truncated`: fewer bytes came than the file itself announces.
 * - `piece-malformed`: not a GLB, or one that contradicts itself.
 * - `piece-refers-outside`: it would fetch something from another address.
 * - `piece-unsupported`: it requires an extension that this reader does not have.
 * - `piece-too-large`: it passes one of the caps.
 * - `variant-unknown`: the model has no variant of that name.
 * - `category-unknown`: the model is of a category that this page has not learnt to wear.
 */
export type PieceErrorCode =
  | 'piece-unreachable'
  | 'piece-truncated'
  | 'piece-malformed'
  | 'piece-refers-outside'
  | 'piece-unsupported'
  | 'piece-too-large'
  | 'variant-unknown'
  | 'category-unknown';

/** A piece's model cannot be shown as asked. */
export class PieceError extends VitrineError<PieceErrorCode> {
  constructor(code: PieceErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, adviceFor(code), options);
    this.name = 'PieceError';
  }
}

function adviceFor(code: PieceErrorCode): string {
  switch (code) {
    case 'piece-unreachable':
      return 'Check the address and the connection, then ask for the piece again.';
    case 'piece-truncated':
      return 'The download was cut short: ask for the piece again.';
    case 'piece-malformed':
    case 'piece-refers-outside':
    case 'piece-unsupported':
      return 'Export the model again as one self-contained GLB and run the pipeline check on it.';
    case 'piece-too-large':
      return 'Reduce the model: run the pipeline optimiser on it.';
    case 'variant-unknown':
      return 'Ask for one of the variants that the model lists.';
    case 'category-unknown':
      return 'Call registerCategory before the piece is put on, or correct the category in the model.';
  }
}
