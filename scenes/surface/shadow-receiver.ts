import { CustomBlending, ShaderMaterial, SrcColorFactor, ZeroFactor } from 'three';
import { contactShadowGlsl, type ContactShadowUniforms } from './contact-shadow.ts';
import { inModelGlsl } from './instanced-glsl.ts';

const vertexShader = /* glsl */ `
varying vec3 vWorld;
void main() {
  ${inModelGlsl('position')}
  vec4 world = modelMatrix * inModel;
  vWorld = world.xyz;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const fragmentShader = /* glsl */ `
${contactShadowGlsl}
varying vec3 vWorld;
void main() {
  gl_FragColor = vec4(contactShadow(vWorld), 1.0);
  #include <colorspace_fragment>
}`;

/** What an occluder is drawn with once more, so that the camera picture darkens where a piece lies on the skin. */
export function createShadowReceiver(shadow: ContactShadowUniforms): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms: shadow,
    toneMapped: false,
    depthWrite: false,
    // Multiplies what is there; not `transparent`, so that it belongs to the picture that lenses show.
    blending: CustomBlending,
    blendSrc: ZeroFactor,
    blendDst: SrcColorFactor,
  });
}
