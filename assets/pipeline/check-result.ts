/** Why a model is refused. Each has its plain sentence in `message`. */
export type GlbRefusalCode =
  | 'not-glb'
  | 'cut-short'
  | 'bad-json'
  | 'external-resource'
  | 'forbidden-extension'
  | 'over-budget'
  | 'bad-texture'
  | 'wrong-extras'
  | 'missing-part'
  | 'wrong-variants'
  | 'wrong-size'
  | 'wrong-place'
  | 'foreign-part'
  | 'wrong-lod'
  | 'invalid-gltf';

/** A refused model. */
export interface GlbRefusal {
  readonly code: GlbRefusalCode;
  readonly message: string;
}

/** An expected outcome: a value, or the reason why there is none. */
export type CheckResult<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: GlbRefusal };

/** Wraps a value. */
export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Wraps a reason to refuse. */
export function refuse(
  code: GlbRefusalCode,
  message: string,
): { readonly ok: false; readonly error: GlbRefusal } {
  return { ok: false, error: { code, message } };
}
