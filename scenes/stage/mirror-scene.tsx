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
  useFrame((state, deltaSeconds) => {
    stage.update(deltaSeconds * 1000, state.size.width, state.size.height);
  });
  return (
    <StageGroup name="mirror">
      <primitive object={stage.root} dispose={null} />
    </StageGroup>
  );
}
