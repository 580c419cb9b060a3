// #region category
import { registerCategory } from 'vitrine/scenes';
import type { Wearer, Wearing, WearingCategory, WornNodes } from 'vitrine/scenes';

/** On the left of the chest, below the collar bone: in the frame of the pit of the neck, millimetres. */
const placeMm = { x: 74, y: -72, z: 16 } as const;
/** The chest falls away to the side: a brooch faces a little outwards and up. */
const outwardRad = 0.3;
const upwardRad = 0.12;

/** Brooches: pinned on the left of the chest, where they follow the shoulders. */
export const brooch: WearingCategory = {
  needs: ['face', 'body'],
  shadow: null,
  prepare: ({ root, piece }: WornNodes): Wearing => ({
    fade: null,
    forgetFit: () => undefined,
    follow: ({ body }: Wearer): number => {
      if (body === null) return 0;
      const { rotation, translationMm } = body.cameraFromAnchor.neckBase;
      root.position.set(...translationMm);
      root.quaternion.set(...rotation);
      piece.position.copy(placeMm);
      piece.rotation.set(-upwardRad, outwardRad, 0);
      return body.confidence.neckBase;
    },
  }),
};

registerCategory('x-brooch', brooch);
// #endregion
