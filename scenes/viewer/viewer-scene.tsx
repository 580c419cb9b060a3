import { useFrame } from '@react-three/fiber';
import type { ViewerStage } from './viewer-stage.ts';

/** The thin React layer over the viewer: draws again only while something moves. */
export function ViewerScene({ stage }: { readonly stage: ViewerStage }) {
  useFrame((state, deltaSeconds) => {
    if (stage.update(deltaSeconds * 1000, state.size.width, state.size.height)) state.invalidate();
  });
  return <primitive object={stage.root} dispose={null} />;
}
