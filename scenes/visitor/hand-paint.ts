import { cardCornerRadiusMm, cardHeightMm, cardWidthMm } from '../../sdk/geometry/card.ts';

const phalanges = 15;
const palms = 9;
/** Phalanges, the palm's parts, the forearm. */
export const handParts = phalanges + palms + 1;
const parts = handParts;

export const handVertexGlsl = /* glsl */ `
in vec3 position;
void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }`;

/** Flesh as a field of distances: tapered capsules that flow into one another, marched along each pixel's ray. */
export const handFragmentGlsl = /* glsl */ `
precision highp float;
uniform vec4 uFrom[${parts}];
uniform vec4 uTo[${parts}];
uniform vec3 uBack[${parts}];
uniform vec4 uBounds;
uniform float uHand;
uniform float uArm;
uniform vec2 uFocal;
uniform vec2 uCentre;
uniform vec2 uSize;
uniform vec3 uSkin;
uniform vec3 uWall;
uniform vec3 uLamp;
uniform vec3 uKey;
uniform vec3 uSky;
uniform vec3 uGround;
// Before a wall of its own, or among other things.
uniform bool uAlone;
// Whether what passes within a pixel of the flesh shows a share of it, as samples that are covered.
uniform bool uSoft;
uniform mat4 uProjection;
uniform bool uHasCard;
uniform vec3 uCard[4];
uniform vec4 uThumb[2];
out vec4 colour;

float cone(vec3 p, vec4 a, vec4 b) {
  vec3 ba = b.xyz - a.xyz;
  vec3 pa = p - a.xyz;
  float h = clamp(dot(pa, ba) / dot(ba, ba), 0.0, 1.0);
  return length(pa - ba * h) - mix(a.w, b.w, h);
}
float blend(float a, float b, float k) {
  float h = max(k - abs(a - b), 0.0) / k;
  return min(a, b) - h * h * k * 0.25;
}
float forearm(vec3 p) {
  vec4 a = uFrom[${parts - 1}];
  vec3 lever = p - a.xyz;
  // Flatter than broad: the back's direction is stretched.
  vec3 back = uBack[${parts - 1}];
  vec3 q = p + back * dot(lever, back) * 0.34;
  return cone(q, a, uTo[${parts - 1}]) * 0.8;
}
float field(vec3 p) {
  float palm = 1e3;
  for (int i = 0; i < ${palms}; i++) palm = blend(palm, cone(p, uFrom[${phalanges} + i], uTo[${phalanges} + i]), 12.0);
  palm = blend(palm, forearm(p), 18.0);
  float fingers = 1e3;
  for (int f = 0; f < 5; f++) {
    float one = 1e3;
    for (int b = 0; b < 3; b++) one = blend(one, cone(p, uFrom[f * 3 + b], uTo[f * 3 + b]), 2.5);
    if (f == 0) palm = blend(palm, one, 9.0); else fingers = blend(fingers, one, 1.2);
  }
  float hand = blend(palm, fingers, 7.0);
  return uHasCard ? min(hand, cone(p, uThumb[0], uThumb[1])) : hand;
}
// Where the ray meets the card, and how far its edges are from there (below nothing is on it); the ray's length for none.
float meetCard(vec3 ray, out vec2 at) {
  float facing = dot(ray, uCard[3]);
  at = vec2(0.0);
  if (!uHasCard || facing > -0.05) return 1e9;
  float t = dot(uCard[0], uCard[3]) / facing;
  vec3 from = ray * t - uCard[0];
  at = vec2(dot(from, uCard[1]), dot(from, uCard[2]));
  vec2 q = abs(at) - vec2(${(cardWidthMm / 2 - cardCornerRadiusMm).toFixed(3)}, ${(cardHeightMm / 2 - cardCornerRadiusMm).toFixed(3)});
  float outside = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - ${cardCornerRadiusMm.toFixed(3)};
  return outside < 0.0 ? t : 1e9;
}
// A house's loyalty card from behind: a stripe, a field for a signature, lines of print.
vec3 cardAt(vec2 at) {
  vec3 tone = vec3(0.81, 0.77, 0.69);
  if (at.y > 10.0 && at.y < 21.0) tone = vec3(0.042, 0.035, 0.03);
  if (at.x > -36.8 && at.x < 11.2 && at.y > -5.0 && at.y < 4.0) tone = vec3(0.93, 0.91, 0.87);
  float line = mod(at.y + 20.0, 3.6);
  if (at.x > -36.8 && at.x < 2.0 && at.y > -20.0 && at.y < -9.5 && line < 0.8) tone = vec3(0.38, 0.33, 0.27);
  return tone;
}
vec3 normalAt(vec3 p) {
  vec2 e = vec2(0.35, -0.35);
  return normalize(e.xyy * field(p + e.xyy) + e.yyx * field(p + e.yyx) + e.yxy * field(p + e.yxy) + e.xxx * field(p + e.xxx));
}
float noise(vec2 p) { return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453); }
float nailHere = 0.0;
vec3 skinAt(vec3 p, vec3 n) {
  vec3 tone = uSkin;
  // Blood shines through at palm and finger tips.
  float toPalm = 0.0;
  float crease = 0.0;
  float nail = 0.0;
  for (int i = 0; i < ${phalanges}; i++) {
    vec3 along = uTo[i].xyz - uFrom[i].xyz;
    float length2 = dot(along, along);
    float t = dot(p - uFrom[i].xyz, along) / length2;
    vec3 axis = uFrom[i].xyz + along * clamp(t, 0.0, 1.0);
    float near = length(p - axis) - mix(uFrom[i].w, uTo[i].w, clamp(t, 0.0, 1.0));
    if (near > 2.5) continue;
    float up = dot(n, uBack[i]);
    float s = t * sqrt(length2);
    float here = smoothstep(2.5, 0.5, near);
    float root = exp(-s * s / 1.4);
    if (i % 3 > 0) {
      crease = max(crease, here * root * smoothstep(0.3, -0.4, up));
      float wrinkle = exp(-(s - 3.0) * (s - 3.0) / 0.9) + exp(-(s + 3.0) * (s + 3.0) / 0.9) + root;
      crease = max(crease, 0.6 * here * wrinkle * smoothstep(0.3, 0.8, up));
    }
    if (i % 3 == 2) {
      vec3 across = normalize(cross(along, uBack[i]));
      float side = dot(p - axis, across) / uTo[i].w;
      float on = smoothstep(0.4, 0.46, t) * smoothstep(1.3, 1.22, t) * smoothstep(0.8, 0.7, abs(side)) * smoothstep(0.0, 0.2, up);
      float rim = smoothstep(0.3, 0.4, t) * smoothstep(1.36, 1.3, t) * smoothstep(0.94, 0.84, abs(side)) * smoothstep(-0.1, 0.1, up);
      nail = max(nail, here * on);
      crease = max(crease, 0.9 * here * (rim - on));
    }
  }
  for (int i = 0; i < 4; i++) toPalm = max(toPalm, smoothstep(0.0, -0.6, dot(n, uBack[${phalanges} + i])));
  tone = mix(tone, tone * vec3(1.06, 1.0, 0.97) + vec3(0.04, 0.026, 0.02), toPalm);
  tone *= 1.0 - 0.45 * crease;
  tone = mix(tone, tone * vec3(1.15, 1.05, 1.1) + vec3(0.12, 0.08, 0.08), nail);
  nailHere = nail;
  return tone;
}
void main() {
  vec2 px = vec2(gl_FragCoord.x, uSize.y - gl_FragCoord.y);
  vec3 ray = normalize(vec3((px.x - uCentre.x) / uFocal.x, -(px.y - uCentre.y) / uFocal.y, -1.0));
  float grain = noise(px) - 0.5;
  vec3 linear = uWall * (0.8 + 0.35 * px.y / uSize.y + 0.06 * sin(px.x * 0.011) ) ;
  float mid = dot(uBounds.xyz, ray);
  float clear = dot(uBounds.xyz, uBounds.xyz) - mid * mid;
  // Rays that pass neither hand nor forearm are most of the picture.
  vec3 elbow = uFrom[${parts - 1}].xyz * 0.5 + uTo[${parts - 1}].xyz * 0.5;
  float atHand = dot(uBounds.xyz, uBounds.xyz) - mid * mid;
  float atElbow = dot(elbow, elbow) - dot(elbow, ray) * dot(elbow, ray);
  if (atHand > uHand * uHand && atElbow > uArm * uArm) clear = 1e9;
  float cover = 0.0;
  vec2 onCard;
  float cardT = meetCard(ray, onCard);
  gl_FragDepth = 1.0;
  if (clear < uBounds.w * uBounds.w) {
    float half_ = sqrt(uBounds.w * uBounds.w - clear);
    float t = mid - half_;
    float end = min(mid + half_, cardT);
    float d = 1.0;
    float nearestPx = 1e3;
    float nearestAt = t;
    for (int i = 0; i < 56 && t < end; i++) {
      d = field(ray * t);
      if (d < 0.08) break;
      float awayPx = d * uFocal.x / t;
      if (awayPx < nearestPx) {
        nearestPx = awayPx;
        nearestAt = t;
      }
      t += d * 0.95;
    }
    if (d < 0.4 && t < end) cover = 1.0;
    else if (uSoft) {
      cover = 1.0 - smoothstep(0.0, 1.4, nearestPx);
      t = nearestAt;
    }
    if (cover > 0.02) {
      vec3 p = ray * t;
      vec3 n = normalAt(p);
      vec4 clip = uProjection * vec4(p, 1.0);
      gl_FragDepth = 0.5 + 0.5 * clip.z / clip.w;
      vec3 lamp = uLamp;
      float key = max(0.0, dot(n, lamp) * 0.75 + 0.25);
      float shadow = 1.0;
      float s = 4.0;
      for (int i = 0; i < 6; i++) { float h = field(p + n * 1.0 + lamp * s); shadow = min(shadow, 0.25 + 6.0 * h / s); s += clamp(h, 5.0, 24.0); if (shadow < 0.3) break; }
      shadow = clamp(shadow, 0.3, 1.0);
      float open_ = clamp(0.25 + field(p + n * 6.0) / 8.0, 0.15, 1.0);
      float sky = 0.5 + 0.5 * n.y;
      vec3 tone = skinAt(p, n);
      vec3 soft = vec3(1.0, 0.92, 0.88);
      linear = tone * (key * shadow * uKey + mix(uGround, uSky, sky) * open_ * soft);
      float shine = pow(max(0.0, dot(reflect(ray, n), lamp)), 18.0);
      linear += 0.06 * shine * shadow + 0.25 * nailHere * pow(max(0.0, dot(reflect(ray, n), lamp)), 30.0);
      linear *= 1.0 + 0.03 * (noise(floor(px * 0.7)) - 0.5);
    }
  }
  if (cover < 1.0 && cardT < 1e8) {
    cover = 1.0;
    vec3 p = ray * cardT;
    vec3 n = uCard[3];
    vec4 clip = uProjection * vec4(p, 1.0);
    gl_FragDepth = 0.5 + 0.5 * clip.z / clip.w;
    float open_ = clamp(0.4 + field(p + n * 6.0) / 10.0, 0.3, 1.0);
    float shadow = clamp(field(p + n + uLamp * 12.0) / 8.0, 0.35, 1.0);
    linear = cardAt(onCard) * (max(0.0, dot(n, uLamp)) * shadow * uKey + mix(uGround, uSky, 0.5 + 0.5 * n.y) * open_);
  }
  if (cover <= 0.02 && !uAlone) discard;
  vec3 srgb = mix(linear * 12.92, 1.055 * pow(max(linear, 0.0), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, linear));
  colour = vec4(srgb + (uAlone ? grain * 0.012 : 0.0), uAlone ? 1.0 : cover);
}`;
