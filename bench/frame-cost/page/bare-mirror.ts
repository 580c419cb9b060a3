import {
  Box3,
  Mesh,
  NeutralToneMapping,
  PerspectiveCamera,
  PMREMGenerator,
  Scene,
  SRGBColorSpace,
  VideoTexture,
  WebGLRenderer,
} from 'three';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

/** What a page without this kit would do: one model over a video, in three.js alone. */
export interface BareMirror {
  framesDrawn(): number;
  readonly renderer: WebGLRenderer;
  stop(): void;
}

/** Draws the model over the camera's pictures, once for each new picture, as large as `canvas`. */
export async function startBareMirror(
  container: HTMLElement,
  modelUrl: string,
  stream: MediaStream,
): Promise<BareMirror> {
  const renderer = new WebGLRenderer({ antialias: true });
  renderer.toneMapping = NeutralToneMapping;
  renderer.setSize(container.clientWidth, container.clientHeight);
  container.append(renderer.domElement);
  const scene = new Scene();
  const generator = new PMREMGenerator(renderer);
  scene.environment = generator.fromScene(new RoomEnvironment()).texture;
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  await video.play();
  const texture = new VideoTexture(video);
  texture.colorSpace = SRGBColorSpace;
  scene.background = texture;
  const camera = new PerspectiveCamera(43.3, container.clientWidth / container.clientHeight, 0.05, 10);
  const { scene: model } = await new GLTFLoader().loadAsync(modelUrl);
  const middle = new Box3().setFromObject(model).min.z / 2;
  model.position.set(0, 0, -0.62 - middle);
  scene.add(model);
  let framesDrawn = 0;
  let callback = 0;
  const draw = (nowMs: number): void => {
    model.rotation.y = 0.25 * Math.sin(nowMs / 1_160);
    renderer.render(scene, camera);
    framesDrawn += 1;
    callback = video.requestVideoFrameCallback(draw);
  };
  callback = video.requestVideoFrameCallback(draw);
  return {
    framesDrawn: () => framesDrawn,
    renderer,
    stop: () => {
      video.cancelVideoFrameCallback(callback);
      for (const track of stream.getTracks()) track.stop();
      model.traverse((node) => {
        if (node instanceof Mesh) node.geometry.dispose();
      });
      renderer.dispose();
      container.replaceChildren();
    },
  };
}
