import {
  DoubleSide,
  FrontSide,
  NoBlending,
  ShaderMaterial,
  Vector3,
  type IUniform,
  type Texture,
  type Vector4,
} from 'three';

/** The camera picture behind the scene, for what is drawn upon the skin in it. One set is the stage's own. */
export interface PictureUniforms {
  readonly [uniform: string]: IUniform;
  /** The unmirrored picture, read as linear light; without an image where no camera picture is shown. */
  readonly picture: IUniform<Texture>;
  /** The part of the picture that fills the view: (x, y, width, height), shares of it from its upper left corner. */
  readonly crop: IUniform<Vector4>;
  /** Colour of the light on the client relative to neutral, linear. */
  readonly lightTint: IUniform<Vector3>;
  /** Linear luminance of the skin relative to a well-exposed face. */
  readonly exposure: IUniform<number>;
}

/** How a colour lies on the skin. */
export interface FacePaintUniforms {
  readonly [uniform: string]: IUniform;
  readonly shade: IUniform<Vector3>;
  readonly opacity: IUniform<number>;
  /** (what is left of the skin's own highlights, strength of the gloss, its sharpness). */
  readonly finish: IUniform<Vector3>;
  /** Places in the mesh's frame (mm) at which the region's light is measured. */
  readonly marks: IUniform<Vector3[]>;
  /** 0 is a closed mouth, 1 one that shows what no colour may lie on. */
  readonly open: IUniform<number>;
  /** Of both cheeks, three numbers each. */
  readonly cheekMiddles: IUniform<Float32Array>;
  readonly cheekAxes: IUniform<Float32Array>;
}

/** So many marks measure a region's light. */
export const markCount = 12;

export function createFacePaintUniforms(): FacePaintUniforms {
  return {
    shade: { value: new Vector3() },
    opacity: { value: 0 },
    finish: { value: new Vector3(1, 0, 1) },
    marks: { value: Array.from({ length: markCount }, () => new Vector3()) },
    open: { value: 0 },
    cheekMiddles: { value: new Float32Array(6) },
    cheekAxes: { value: new Float32Array(6) },
  };
}

/** Which part of the face is painted. */
export interface PaintedPart {
  /** GLSL: `float cover(vec2 band, vec3 mm)`, how much of the colour lies at a place, 0 to 1. */
  readonly cover: string;
  /** Folded upon itself, as lips are: seen from both sides. What is not is let go before it turns away, lest it hang beside the face. */
  readonly isFolded: boolean;
}

export function createFacePaint(
  { cover, isFolded }: PaintedPart,
  uniforms: FacePaintUniforms,
  picture: PictureUniforms,
  presence: IUniform<number>,
): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader,
    fragmentShader: fragmentShader.replace('COVER', cover),
    uniforms: { ...uniforms, ...picture, presence },
    toneMapped: false,
    defines: isFolded ? {} : { ROUNDED: '' },
    side: isFolded ? DoubleSide : FrontSide,
    // The mixture is made here, in linear light, and drawn whole: a framebuffer blends what is already encoded.
    blending: NoBlending,
    depthWrite: false,
  });
}

const vertexShader = /* glsl */ `
#define MARKS ${markCount}
// The head's own occluder stands a few millimetres before the corners of the eyes; a hand before the face stands farther.
#define BEFORE_MM 6.0
attribute vec2 band;
uniform sampler2D picture;
uniform vec4 crop;
uniform vec3 marks[MARKS];
varying vec2 vBand;
varying vec3 vMm;
varying vec3 vNormalInView;
varying vec3 vInView;
varying vec4 vClip;
varying vec2 vUvPerMm;
/** Mean luminance of the region in the picture: what its shading is measured against. */
varying float vMean;
vec2 pictureAt(vec4 clip) {
  vec2 view = clip.xy / clip.w * 0.5 + 0.5;
  return crop.xy + vec2(view.x, 1.0 - view.y) * crop.zw;
}
void main() {
  vBand = band;
  vMm = position;
  vNormalInView = normalMatrix * normal;
  vec4 inView = modelViewMatrix * vec4(position, 1.0);
  vInView = inView.xyz;
  gl_Position = projectionMatrix * inView;
  vec4 nearer = projectionMatrix * vec4(inView.xyz * (1.0 - BEFORE_MM / length(inView.xyz)), 1.0);
  gl_Position.z = nearer.z / nearer.w * gl_Position.w;
  vClip = gl_Position;
  vUvPerMm = vec2(projectionMatrix[0][0], projectionMatrix[1][1]) * 0.5 * crop.zw / gl_Position.w;
  float sum = 0.0;
  for (int i = 0; i < MARKS; i++) {
    vec4 clip = projectionMatrix * modelViewMatrix * vec4(marks[i], 1.0);
    sum += dot(textureLod(picture, pictureAt(clip), 0.0).rgb, vec3(0.2126, 0.7152, 0.0722));
  }
  vMean = max(sum / float(MARKS), 0.004);
}`;

const fragmentShader = /* glsl */ `
uniform sampler2D picture;
uniform vec4 crop;
uniform vec3 shade;
uniform float opacity;
uniform vec3 finish;
uniform float open;
uniform float presence;
uniform float exposure;
uniform vec3 lightTint;
uniform vec3 cheekMiddles[2];
uniform vec3 cheekAxes[2];
varying vec2 vBand;
varying vec3 vMm;
varying vec3 vNormalInView;
varying vec3 vInView;
varying vec4 vClip;
varying vec2 vUvPerMm;
varying float vMean;
float luminanceOf(vec3 colour) { return dot(colour, vec3(0.2126, 0.7152, 0.0722)); }
float luminanceAt(vec2 uv) { return luminanceOf(texture2D(picture, uv).rgb); }
COVER
void main() {
  float share = presence * cover(vBand, vMm);
#ifdef ROUNDED
  share *= smoothstep(0.05, 0.35, dot(normalize(vNormalInView), normalize(-vInView)));
#endif
  float alpha = opacity * share;
  if (alpha < 0.002) discard;
  vec2 view = vClip.xy / vClip.w * 0.5 + 0.5;
  vec2 uv = crop.xy + vec2(view.x, 1.0 - view.y) * crop.zw;
  vec3 skin = texture2D(picture, uv).rgb;
  vec3 light = exposure * lightTint;

  // The skin's own light and shade, its lines and pores, carry over to the colour; a powder swallows what shines.
  float relief = luminanceOf(skin) / vMean;
  relief = relief < 1.0 ? relief : 1.0 + min(relief - 1.0, 2.0) * finish.x;
  vec3 laid = mix(skin, shade * light * relief, alpha);

  if (finish.y > 0.0) {
    // Lines in the skin break the gloss: the picture's slopes bend its normal.
    vec2 stepUv = 0.4 * vUvPerMm;
    float across = luminanceAt(uv + vec2(stepUv.x, 0.0)) - luminanceAt(uv - vec2(stepUv.x, 0.0));
    float up = luminanceAt(uv - vec2(0.0, stepUv.y)) - luminanceAt(uv + vec2(0.0, stepUv.y));
    vec3 normal = normalize(normalize(vNormalInView) - 0.3 * vec3(across, up, 0.0) / vMean);
    vec3 eye = normalize(-vInView);
    // A boutique's light: a broad key above, a weaker one across from it.
    float key = pow(max(dot(normal, normalize(normalize(vec3(-0.3, 0.62, 0.72)) + eye)), 0.0), finish.z);
    float fill = pow(max(dot(normal, normalize(normalize(vec3(0.6, 0.3, 0.74)) + eye)), 0.0), finish.z * 0.6);
    float clear = smoothstep(0.35, 1.0, luminanceOf(skin) / vMean);
    laid += light * finish.y * (key + 0.3 * fill) * clear * vBand.y * share * share;
  }
  gl_FragColor = vec4(laid, 1.0);
  #include <colorspace_fragment>
}`;
