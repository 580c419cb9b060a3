/** Linear RGB, each 0 to 1. */
export type LinearRgb = readonly [r: number, g: number, b: number];

/** A texture that our own code paints. Names are unique per piece. */
export interface TextureRecipe {
  readonly name: string;
  /** Paints at a share of the full size and encodes as WebP; deterministic. */
  readonly bake: (scale: number) => Promise<Uint8Array>;
  readonly wrap: 'repeat' | 'clamp';
}

/** A glTF material with the extensions that the pieces use. Lengths are millimetres; the writer makes metres of them. */
export interface MaterialRecipe {
  readonly name: string;
  readonly baseColor: LinearRgb;
  readonly alpha?: number;
  readonly metallic: number;
  readonly roughness: number;
  readonly doubleSided?: boolean;
  readonly baseColorTexture?: TextureRecipe;
  /** Tangent-space normals (glTF: +y up), and how strongly they bend the light. */
  readonly normalTexture?: { readonly texture: TextureRecipe; readonly scale: number };
  /** Green is roughness, blue metalness, both times the factors. */
  readonly roughnessTexture?: TextureRecipe;
  readonly transmission?: number;
  readonly ior?: number;
  readonly volume?: {
    readonly thicknessMm: number;
    readonly attenuationDistanceMm?: number;
    readonly attenuationColor?: LinearRgb;
  };
  readonly dispersion?: number;
  readonly clearcoat?: { readonly factor: number; readonly roughness: number };
  readonly specular?: { readonly factor: number; readonly color: LinearRgb };
  readonly iridescence?: { readonly factor: number; readonly ior: number; readonly thicknessNm: number };
  /** Fibres that shine at grazing angles: felt, wool. */
  readonly sheen?: { readonly color: LinearRgb; readonly roughness: number };
  readonly anisotropy?: { readonly strength: number; readonly rotationRad: number };
}
