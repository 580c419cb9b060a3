/** GLSL: `vec4 inModel` is where a vertex of `place` (a vec3) lies in its mesh's frame, for a mesh that stands in many places too. */
export const inModelGlsl = (place: string): string => /* glsl */ `
vec4 inModel = vec4(${place}, 1.0);
#ifdef USE_INSTANCING
  inModel = instanceMatrix * inModel;
#endif`;
