/** A tracking model as its maker publishes it. */
export interface ModelSpec {
  readonly id: 'face' | 'hand' | 'body' | 'selfie' | 'hair';
  readonly fileName: string;
  readonly officialUrl: string;
  readonly sha256: string;
  readonly bytes: number | null;
  /** Whether a category of this version tracks with it: only those are downloaded. */
  readonly needed: boolean;
  /** What may serve where the official file is not to be had; always reported. */
  readonly standIn?: { readonly fileName: string; readonly sha256: string; readonly says: string };
}

const models = 'https://storage.googleapis.com/mediapipe-models';

/** Published checksums of the official files; Apache-2.0 by their model cards. */
export const modelSpecs: readonly ModelSpec[] = [
  {
    id: 'face',
    fileName: 'face_landmarker.task',
    officialUrl: `${models}/face_landmarker/face_landmarker/float16/1/face_landmarker.task`,
    sha256: '64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff',
    bytes: 3_758_596,
    needed: true,
  },
  {
    id: 'hand',
    fileName: 'hand_landmarker.task',
    officialUrl: `${models}/hand_landmarker/hand_landmarker/float16/1/hand_landmarker.task`,
    sha256: 'fbc2a30080c3c557093b5ddfc334698132eb341044ccee322ccf8bcf3607cde1',
    bytes: null,
    needed: true,
    standIn: {
      fileName: 'hand_landmarker_lite.task',
      sha256: '4565ae42eec905b2ef1608569d19af226c059e0de482cf5f6fec84a6dc3cb08b',
      says: 'the light hand model stands in: rings and watches sit a little less exactly',
    },
  },
  {
    id: 'body',
    fileName: 'pose_landmarker_lite.task',
    officialUrl: `${models}/pose_landmarker/pose_landmarker_lite/float16/1/pose_landmarker_lite.task`,
    sha256: '59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a',
    bytes: 5_777_746,
    needed: true,
  },
  {
    id: 'selfie',
    fileName: 'selfie_segmenter.tflite',
    officialUrl: `${models}/image_segmenter/selfie_segmenter/float16/latest/selfie_segmenter.tflite`,
    sha256: '191ac9529ae506ee0beefa6b2c945a172dab9d07d1e802a290a4e4038226658b',
    bytes: 249_537,
    needed: false,
  },
  {
    id: 'hair',
    fileName: 'hair_segmenter.tflite',
    officialUrl: `${models}/image_segmenter/hair_segmenter/float32/1/hair_segmenter.tflite`,
    sha256: '7cbddcfe6f6e10c3e0a509eb2e14225fda5c0de6c35e2e8c6ca8e3971988fc17',
    bytes: null,
    needed: false,
    standIn: {
      fileName: 'hair_segmenter_experimental.tflite',
      sha256: 'd6a33d8e5826fe0b5bd1c996dd6e4250d14b9a1397feb740bb1319f99a239a18',
      says: 'the older hair model stands in: hair over the temples is rough',
    },
  },
];
