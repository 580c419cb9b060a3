/**
 * What is painted on a visitor's head, by the place on the head (`p`, canonical face frame, millimetres). Every line
 * follows the same curves as the form under it: brows, lids, lips, nostrils.
 */
export const visitorPaintGlsl = /* glsl */ `
float hash3(vec3 p) {
  p = fract(p * vec3(0.1031, 0.1030, 0.0973));
  p += dot(p, p.yxz + 33.33);
  return fract((p.x + p.y) * p.z);
}
float grain(vec3 p) {
  vec3 i = floor(p);
  vec3 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(
    mix(mix(hash3(i), hash3(i + vec3(1, 0, 0)), f.x), mix(hash3(i + vec3(0, 1, 0)), hash3(i + vec3(1, 1, 0)), f.x), f.y),
    mix(mix(hash3(i + vec3(0, 0, 1)), hash3(i + vec3(1, 0, 1)), f.x), mix(hash3(i + vec3(0, 1, 1)), hash3(i + vec3(1, 1, 1)), f.x), f.y),
    f.z);
}
vec2 lidEdges(float x) {
  float t = clamp((x - 18.0) / 27.2, 0.0, 1.0);
  float straight = 25.2 + 1.2 * t;
  return vec2(
    straight - 4.1 * pow(max(sin(3.14159 * pow(t, 1.12)), 0.0), 0.8),
    straight + 5.6 * pow(max(sin(3.14159 * pow(t, 0.9)), 0.0), 0.8));
}
float bell(float at, float width) { return exp(-at * at / (width * width)); }

/** Skin with everything on it, the lips openMm apart; rough is how matt it is there. */
vec3 visitorSkin(vec3 p, vec3 skin, vec3 lips, vec3 hair, float openMm, out float rough) {
  float x = abs(p.x);
  float front = smoothstep(8.0, 20.0, p.z);
  rough = 0.52;
  vec3 tone = skin;

  // Blood under the skin: cheeks, nose, chin, ears; less of it on the forehead.
  float flush = 0.9 * bell(x - 42.0, 22.0) * bell(p.y + 4.0, 24.0) * front;
  flush += 0.8 * bell(x, 15.0) * bell(p.y + 8.0, 14.0) * smoothstep(50.0, 66.0, p.z);
  flush += 0.5 * bell(x, 18.0) * bell(p.y + 82.0, 14.0) * front;
  flush += 0.8 * smoothstep(76.0, 86.0, x) * smoothstep(-26.0, -40.0, p.z);
  tone *= mix(vec3(1.0), vec3(1.06, 0.86, 0.84), clamp(flush, 0.0, 1.0));
  tone *= 1.0 + 0.05 * bell(p.y - 62.0, 26.0) * front;
  // The eye's hollow.
  float socket = bell(x - 31.0, 20.0) * bell(p.y - 25.0, 12.0) * front;
  tone *= mix(vec3(1.0), vec3(0.82, 0.73, 0.73), 0.8 * socket);

  // Mottle and pores.
  tone *= 0.93 + 0.1 * grain(p * 0.11) + 0.06 * grain(p * 0.6) + 0.05 * grain(p * 2.1);

  // Lids: the fold above, lashes on the edges.
  vec2 lids = lidEdges(x);
  float along = smoothstep(15.5, 19.0, x) * (1.0 - smoothstep(45.0, 49.0, x)) * front;
  float overUpper = p.y - lids.y;
  float underLower = lids.x - p.y;
  tone *= 1.0 - 0.35 * along * bell(overUpper - 4.8, 1.0);
  float lashes = 0.92 * bell(overUpper + 0.1, 1.25) + 0.45 * bell(underLower, 0.7);
  tone = mix(tone, hair * 0.55, clamp(along * lashes, 0.0, 0.95));
  // What lies between the lids and is not the eyeball: the corner's pink.
  float inside = smoothstep(0.3, -0.5, max(overUpper, underLower)) * step(18.2, x) * (1.0 - step(45.0, x)) * front;
  tone = mix(tone, mix(vec3(0.62, 0.5, 0.47), skin * vec3(1.0, 0.62, 0.58), 0.5), inside);

  // Brows: hairs that lean outward.
  float lead = x - 32.0;
  float browLine = 47.6 - (lead < 0.0 ? 0.0062 : 0.0142) * lead * lead;
  float half_ = mix(3.5, 1.5, smoothstep(24.0, 57.0, x));
  float brow = (1.0 - smoothstep(half_ * 0.6, half_ * 1.35, abs(p.y - browLine)));
  brow *= smoothstep(8.5, 14.0, x) * (1.0 - smoothstep(53.0, 59.0, x)) * front;
  float strands = 0.62 + 0.55 * grain(vec3((p.y - browLine) * 1.5 - lead * 0.75, lead * 0.28, 3.0));
  tone = mix(tone, hair * 0.9, clamp(brow * strands, 0.0, 0.9));

  // Lips.
  float t = clamp(x / 25.4, 0.0, 1.0);
  float top = -34.7 + 1.5 * bell(x - 5.8, 4.2) - 9.3 * t * t * t;
  // The lower lip goes down with the jaw, and stays where it is in the corners.
  float apart = openMm * (1.0 - t * t);
  float low = -43.6 - 10.0 * (1.0 - t * t) - apart;
  float lip = smoothstep(0.7, -0.5, max(p.y - top, low - p.y)) * step(x, 26.0) * front;
  vec3 red = lips * (0.88 + 0.24 * grain(vec3(p.x * 1.1, p.y * 0.25, 9.0)));
  red *= p.y > -43.2 - 0.5 * apart ? 0.86 : 1.06;
  tone = mix(tone, red, 0.92 * lip);
  rough = mix(rough, 0.36, lip);
  float mouth = -43.3 + 0.8 * bell(x - 6.0, 5.0) + 0.6 * t * t;
  float above = p.y - mouth;
  tone *= 1.0 - 0.82 * bell(above, 0.75) * (1.0 - smoothstep(24.5, 28.5, x)) * front;
  // Between open lips: the upper teeth, and the dark below them.
  float between = smoothstep(0.3, -0.3, max(above, -apart - above)) * step(0.4, apart) * front;
  float teeth = smoothstep(-6.6, -6.0, above) * (1.0 - smoothstep(15.0, 19.0, x));
  vec3 tooth = vec3(0.6, 0.56, 0.47) * (1.0 - 0.3 * bell(fract(x / 7.4) * 7.4, 0.5)) * (1.0 - 0.02 * x);
  tone = mix(tone, mix(vec3(0.05, 0.012, 0.012), tooth, teeth), between);

  // Nostrils, the wing's crease, under the nose.
  float nostril = bell(length((p - vec3(0.0, -17.4, 61.0)).yz * vec2(1.0, 0.55)), 3.0) * bell(x - 6.8, 2.7);
  tone *= 1.0 - 0.85 * clamp(nostril, 0.0, 1.0);

  // Shorn hair at the temples and the hairline's down.
  float line = (length(vec3(p.x, p.y - 6.0, p.z - 50.0) / vec3(69.0, 84.0, 74.0)) - 1.0) * 72.0;
  float down = smoothstep(-12.0, 6.0, line + 7.0 * grain(vec3(x * 0.7, p.y * 0.3, p.z * 0.7)) - 3.5);
  down *= smoothstep(30.0, 50.0, p.y) * smoothstep(-76.0, -40.0, -abs(x) * 0.6 + p.y * 0.5);
  tone = mix(tone, hair * 1.2, 0.75 * down);
  float scalp = smoothstep(96.0, 104.0, length(vec3(x * 1.12, (p.y - 42.0) * 1.02, (p.z + 42.0) * 0.98)));
  scalp *= smoothstep(52.0, 66.0, p.y + 0.25 * max(0.0, x - 50.0));
  tone = mix(tone, hair, 0.5 * scalp);
  return tone;
}

/** Hair: strands from the brow over the skull; its edge breaks up into them. */
vec3 visitorHair(vec3 p, vec3 hair) {
  float around = atan(abs(p.x), p.y - 20.0) * 60.0 * sign(p.x);
  float strand = grain(vec3(around * 1.1, p.z * 0.05, p.y * 0.04)) * 0.5 + grain(vec3(around * 3.1, p.z * 0.12, 5.0)) * 0.5;
  float fine = grain(vec3(around * 5.0, p.z * 0.2, p.y * 0.1));
  float edge = (length(vec3(p.x, p.y - 6.0, p.z - 50.0) / vec3(69.0, 84.0, 74.0)) - 1.0) * 72.0;
  if (edge < 4.0 * fine) discard;
  float side = 46.0 + p.y + 0.5 * (p.z + 100.0);
  if (side < 10.0 * fine) discard;
  return hair * (0.4 + 1.25 * strand * (0.6 + 0.8 * fine));
}

/** Jersey: fine ribs. */
vec3 visitorGarment(vec3 p, vec3 cloth) {
  float rib = 0.5 + 0.5 * sin(p.x * 2.4);
  return cloth * (0.9 + 0.1 * rib) * (0.94 + 0.12 * grain(p * 0.9));
}

/** An eyeball of 12 mm looking along its own +z. */
vec3 visitorEye(vec3 p, vec3 iris, float irisMm, out float rough) {
  float r = length(p.xy);
  float front = step(0.0, p.z);
  float angle = atan(p.y, p.x);
  vec3 white = mix(vec3(0.66, 0.63, 0.6), vec3(0.7, 0.5, 0.46), smoothstep(6.5, 11.5, r));
  white *= 0.97 + 0.06 * grain(p * 0.7);
  float fibres = 0.55 + 0.6 * grain(vec3(angle * 9.0, r * 0.7, 2.0));
  vec3 inner = iris * 2.2 * fibres * mix(1.25, 0.75, smoothstep(2.0, 5.5, r));
  inner *= 1.0 - 0.75 * smoothstep(irisMm - 1.1, irisMm, r);
  vec3 tone = mix(white, inner, front * (1.0 - smoothstep(irisMm - 0.22, irisMm + 0.22, r)));
  tone = mix(tone, vec3(0.004), front * (1.0 - smoothstep(1.75, 2.1, r)));
  // The upper lid and its lashes stand in the light.
  tone *= mix(1.0, 0.42, smoothstep(0.5, 5.6, p.y));
  rough = 0.12;
  return tone;
}
`;
