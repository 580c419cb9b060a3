import type { Result } from '../core/result.ts';
import { err, ok } from '../core/result.ts';
import { messageOf } from '../core/vitrine-error.ts';
import type { TrackingProblem } from './tracker.ts';

/** Why there are no model bytes. */
export interface ModelRefusal {
  readonly problem: TrackingProblem;
  readonly message: string;
}

/** Fetches a model and makes sure that it is the expected one, as a damaged one may fail only when it runs. */
export async function fetchModel(
  modelUrl: string,
  expectedSha256: string,
  fetchBytes: typeof fetch,
): Promise<Result<Uint8Array<ArrayBuffer>, ModelRefusal>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetchBytes(modelUrl);
    if (!response.ok) {
      return err({ problem: 'model-missing', message: `The tracking model answered ${response.status}.` });
    }
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    return err({
      problem: 'model-missing',
      message: `The tracking model could not be fetched: ${messageOf(cause)}`,
    });
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sha256 !== expectedSha256.toLowerCase()) {
    return err({
      problem: 'model-corrupt',
      message: `The tracking model is not the expected one: sha256 ${sha256} instead of ${expectedSha256}.`,
    });
  }
  return ok(bytes);
}
