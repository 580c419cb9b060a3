import { readEmbedOrigin, type Activation } from '../../protocol/activation.ts';

/** How an activation stands: before its time, in it, after it, or ended by the house. */
export type ActivationState = 'later' | 'running' | 'over' | 'ended';

/** The state of an activation at a time of the server's clock. */
export function activationStateOf(
  { revokedAtMs, startsAtMs, endsAtMs }: Activation,
  nowMs: number,
): ActivationState {
  if (revokedAtMs !== null) return 'ended';
  if (endsAtMs <= nowMs) return 'over';
  return startsAtMs > nowMs ? 'later' : 'running';
}

/** The origins that somebody wrote, one a line; `wrong` is the first line that is none. */
export function readOriginLines(text: string): { readonly origins: string[]; readonly wrong: string | null } {
  const lines = text
    .split(/[\s,]+/)
    .map((line) => line.trim().toLowerCase().replace(/\/$/, ''))
    .filter((line) => line !== '');
  const wrong = lines.find((line) => readEmbedOrigin(line) === null) ?? null;
  return { origins: [...new Set(lines)], wrong };
}

/** What an agency pastes into its page. */
export function activationSnippet(serverOrigin: string, key: string): string {
  return `<script type="module" src="${serverOrigin}/sdk/boutique.js"></script>\n<vitrine-boutique activation="${key}" sku="…"></vitrine-boutique>`;
}
