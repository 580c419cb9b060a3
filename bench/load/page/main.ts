/** What a page without this kit would do to show one piece: three.js, its loader, its example room as light. */
import {
  Box3,
  NeutralToneMapping,
  PerspectiveCamera,
  PMREMGenerator,
  Scene,
  Sphere,
  WebGLRenderer,
} from 'three';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

const canvas = document.querySelector('canvas');
const model = new URLSearchParams(location.search).get('model');
if (canvas === null || model === null) throw new Error('The page needs a canvas and ?model=.');
const renderer = new WebGLRenderer({ canvas, antialias: true });
renderer.toneMapping = NeutralToneMapping;
renderer.setSize(canvas.clientWidth, canvas.clientHeight, false);
const scene = new Scene();
scene.environment = new PMREMGenerator(renderer).fromScene(new RoomEnvironment()).texture;
const { scene: piece } = await new GLTFLoader().loadAsync(model);
scene.add(piece);
const { center, radius } = new Box3().setFromObject(piece).getBoundingSphere(new Sphere());
const camera = new PerspectiveCamera(24, canvas.clientWidth / canvas.clientHeight, 0.01, 10);
camera.position.copy(center);
camera.position.z += radius / Math.sin((12 * Math.PI) / 180);
renderer.render(scene, camera);
document.documentElement.dataset['shown'] = 'yes';
