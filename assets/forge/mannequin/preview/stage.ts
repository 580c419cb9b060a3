import * as THREE from 'three';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';

// `?yaw=` and `?pitch=` turn the head (degrees), `?at=x,y,z&span=` frames a place (mm). `document.title` becomes `ready`.
const query = new URLSearchParams(location.search);
const number = (name: string, fallback: number): number => Number(query.get(name) ?? fallback);

const canvas = document.querySelector('canvas');
if (canvas === null) throw new Error('The page has no canvas.');
const renderer = new THREE.WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
renderer.setPixelRatio(1);
renderer.setSize(innerWidth, innerHeight, false);
renderer.toneMapping = THREE.AgXToneMapping;
renderer.toneMappingExposure = 1.05;
renderer.shadowMap.enabled = true;
renderer.shadowMap.type = THREE.PCFShadowMap;

const scene = new THREE.Scene();
scene.background = new THREE.Color(0x8f8981);
const pmrem = new THREE.PMREMGenerator(renderer);
scene.environment = pmrem.fromScene(softboxRoom(), 0.02).texture;
scene.environmentIntensity = 0.75;

const key = new THREE.DirectionalLight(0xfff1e0, 2.1);
key.position.set(-0.55, 0.65, 0.75);
key.castShadow = true;
key.shadow.mapSize.set(2048, 2048);
key.shadow.camera = new THREE.OrthographicCamera(-0.25, 0.25, 0.25, -0.25, 0.1, 3);
key.shadow.radius = 6;
key.shadow.normalBias = 0.003;
scene.add(key);

const gltf = await new GLTFLoader().loadAsync('/mannequin.glb');
gltf.scene.traverse((object) => {
  object.castShadow = true;
  object.receiveShadow = true;
});
const head = new THREE.Group().add(gltf.scene);
head.rotation.y = THREE.MathUtils.degToRad(number('yaw', 0));
// Turned about the axis of the skull, not about the face.
gltf.scene.position.z = 0.05;
scene.add(head);
head.updateMatrixWorld();

const spanM = number('span', 430) / 1000;
const [x = 0, y = -45, z = -50] = (query.get('at') ?? '').split(',').filter(Boolean).map(Number);
const target = head.localToWorld(new THREE.Vector3(x, y, z + 50).divideScalar(1000));
const camera = new THREE.PerspectiveCamera(16, innerWidth / innerHeight, 0.05, 10);
const distance = spanM / 2 / Math.tan(THREE.MathUtils.degToRad(8));
const pitch = THREE.MathUtils.degToRad(number('pitch', 0));
camera.position.set(0, Math.sin(pitch) * distance, Math.cos(pitch) * distance).add(target);
camera.lookAt(target);
renderer.render(scene, camera);
document.title = 'ready';

/** A dark room with three softboxes: a broad one above left, a cool strip right, a low fill. */
function softboxRoom(): THREE.Scene {
  const room = new THREE.Scene();
  const box = (colour: number, strength: number, at: THREE.Vector3, width: number, height: number): void => {
    const light = new THREE.Mesh(
      new THREE.PlaneGeometry(width, height),
      new THREE.MeshBasicMaterial({
        color: new THREE.Color(colour).multiplyScalar(strength),
        side: THREE.DoubleSide,
      }),
    );
    light.position.copy(at);
    light.lookAt(0, 0, 0);
    room.add(light);
  };
  room.background = new THREE.Color(0x55524e);
  box(0xfff0dd, 5, new THREE.Vector3(-3, 3.5, 3), 3, 3);
  box(0xe6efff, 3, new THREE.Vector3(4, 1, -0.5), 1.2, 4);
  box(0xffffff, 1.2, new THREE.Vector3(0, 5, -1), 4, 3);
  return room;
}
