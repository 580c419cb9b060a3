import { FaceLandmarker, FilesetResolver } from '@mediapipe/tasks-vision';
import { loadModel } from '../../../scenes/models/load-model.ts';
import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { quaternionFromYawPitchRoll } from '../../../sdk/geometry/pose-algebra.ts';
import type { VisitorLookName } from '../../../scenes/visitor/skin-tones.ts';
import { visitorLooks } from '../../../scenes/visitor/skin-tones.ts';
import { VisitorScene } from '../../../scenes/visitor/visitor-scene.ts';

const widthPx = 1280, heightPx = 720;
let scene: VisitorScene; let landmarker: FaceLandmarker;
(window as any).visitor = {
  async prepare() {
    const model = await loadModel(new Uint8Array(await (await fetch('/visitor.glb')).arrayBuffer()));
    scene = new VisitorScene(model.prototype, visitorLooks.light, widthPx, heightPx);
    landmarker = await FaceLandmarker.createFromOptions(await FilesetResolver.forVisionTasks('/wasm'), {
      baseOptions: { modelAssetPath: '/face_landmarker.task', delegate: 'CPU' }, runningMode: 'IMAGE', numFaces: 1 });
  },
  async show(look: VisitorLookName, yaw: number, pitch: number, roll: number, at: [number, number, number], png: boolean, crop: [number,number,number,number] | null) {
    const f = 360 / Math.tan(25 * Math.PI / 180);
    const k: CameraIntrinsics = { widthPx, heightPx, fxPx: f, fyPx: f, cxPx: 640, cyPx: 360, source: 'calibration' };
    const d = Math.PI / 180;
    const pose: Pose = { rotation: quaternionFromYawPitchRoll(yaw * d, pitch * d, roll * d), translationMm: at };
    scene.head.wear(visitorLooks[look]);
    const canvas = scene.draw(pose, k);
    const copy = document.createElement('canvas'); copy.width = widthPx; copy.height = heightPx;
    const c = copy.getContext('2d')!; c.drawImage(canvas, 0, 0);
    const found = landmarker.detect(copy).faceLandmarks[0] ?? null;
    let image = null;
    if (png) {
      if (found) { c.fillStyle = '#0f0'; for (const p of found) c.fillRect(p.x * widthPx - 0.7, p.y * heightPx - 0.7, 1.4, 1.4); }
      const [x, y, w, h] = crop ?? [0, 0, widthPx, heightPx];
      const out = document.createElement('canvas'); out.width = w; out.height = h;
      out.getContext('2d')!.drawImage((png as any) === 2 ? canvas : copy, x, y, w, h, 0, 0, w, h);
      image = out.toDataURL('image/png');
    }
    return { found: found?.flatMap((p) => [p.x * widthPx, p.y * heightPx, p.z * widthPx]) ?? null, image };
  },
};
