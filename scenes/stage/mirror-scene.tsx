import { extend, useFrame, type ThreeElement } from '@react-three/fiber';
import { Group } from 'three';
import type { MirrorStage } from './mirror-stage.ts';

const StageGroup = extend(Group);

declare module '@react-three/fiber' {
  interface ThreeElements {
    stageGroup: ThreeElement<typeof Group>;
  }
}

/** The thin React layer over the stage: one `useFrame`, in which nothing is allocated and no state is set. */
export function MirrorScene({ stage }: { readonly stage: MirrorStage }) {
  // A priority above 0 takes the drawing over from R3F, which would draw the same picture again and again.
  useFrame(({ size }, deltaSeconds) => {
    if (stage.update(deltaSeconds * 1000, size.width, size.height)) stage.draw();
  }, 1);
  return (
    <StageGroup name="mirror">
      <primitive object={stage.root} dispose={null} />
    </StageGroup>
  );
}
