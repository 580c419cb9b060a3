import {
  Box3,
  Group,
  Mesh,
  MeshPhysicalMaterial,
  PerspectiveCamera,
  PlaneGeometry,
  Raycaster,
  Sphere,
  Vector2,
  type Scene,
  type WebGLRenderer,
} from 'three';
import type { Spot } from '../../protocol/together.ts';
import { houseStudio } from '../light/studio.ts';
import { StudioLight } from '../light/studio-light.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { bakeCoverage, type CoverageMap } from '../surface/coverage-map.ts';
import { createGroundShadow } from '../surface/ground-shadow.ts';
import { SpotGlow } from '../surface/spot-glow.ts';
import { inModel } from '../surface/spot-place.ts';
import { StudioRoll } from '../surface/studio-roll.ts';
import { MM_PER_METRE } from '../units.ts';
import type { StageTheme } from '../theme.ts';
import type { Orbit } from './orbit.ts';

const FOV_DEG = 24;
/** Air around the piece when it is seen whole. */
const AIR = 1.02;

/** The eye rests on the front of a frame, not on the middle of its temples: the turntable's axis stands this far forward. */
const FORWARD_SHARE = 0.22;
const SHADOW = { resolutionPx: 256, blurMm: 5, marginMm: 30, aboveZMm: Number.NEGATIVE_INFINITY } as const;

interface Shown {
  readonly lease: ModelLease;
  /** The light of the spot at which somebody points. */
  readonly glow: SpotGlow;
  /** Turns the piece's upright (y) into the map's z, as the table's shadow is baked and laid. */
  readonly table: Group;
  shadow: Mesh;
  coverage: CoverageMap;
}

/** A tinted lens shows its colour only before something that shines. */
const LEAST_GLOW = 0.1;

/**
 * A piece on a turntable: the camera and the studio stand still, so light glides over the piece as it turns. No tracking
 * and no stage is imported here: the advisor's tablet shows pieces by this alone.
 */
export class ViewerStage {
  readonly root = new Group();
  readonly camera: PerspectiveCamera;
  readonly #renderer: WebGLRenderer;
  readonly #scene: Scene;
  readonly #orbit: Orbit;
  readonly #light: StudioLight;
  readonly #roll: StudioRoll;
  readonly #backdrop: Mesh;
  readonly #turntable = new Group();
  readonly #bounds = new Sphere();
  #shown: Shown | null = null;
  #disposed = false;

  constructor(
    renderer: WebGLRenderer,
    scene: Scene,
    camera: PerspectiveCamera,
    orbit: Orbit,
    theme: StageTheme,
  ) {
    this.#renderer = renderer;
    this.#scene = scene;
    this.camera = camera;
    this.#orbit = orbit;
    this.#light = new StudioLight(renderer, houseStudio);
    scene.environment = this.#light.texture;
    this.#roll = new StudioRoll(theme, LEAST_GLOW);
    this.#backdrop = new Mesh(new PlaneGeometry(2, 2), this.#roll.material);
    this.#backdrop.frustumCulled = false;
    this.#backdrop.renderOrder = -100;
    this.root.add(this.#backdrop, this.#turntable);
  }

  static createCamera(): PerspectiveCamera {
    return new PerspectiveCamera(FOV_DEG, 1, 10, 6000);
  }

  get variantNames(): readonly string[] {
    return this.#shown?.lease.model.variants.names ?? [];
  }

  /** Lays a piece on the turntable, taking over its lease. @throws PieceError `variant-unknown` */
  setPiece(lease: ModelLease, variant: string | null): void {
    try {
      lease.model.variants.apply(lease.instance, variant);
    } catch (fault) {
      lease.release();
      throw fault;
    }
    this.clearPiece();
    lease.instance.traverse(keepPictureThroughGlass);
    const box = new Box3().setFromObject(lease.instance);
    box.getBoundingSphere(this.#bounds);
    const isEyewear = (lease.model.extras?.category ?? 'eyewear') === 'eyewear';
    if (isEyewear) this.#bounds.center.z += FORWARD_SHARE * (box.max.z - box.min.z);
    const table = new Group();
    table.rotation.x = -Math.PI / 2;
    const glow = new SpotGlow(2 * this.#bounds.radius);
    const shown: Shown = { lease, table, glow, ...this.#bake(lease) };
    lease.instance.position.sub(this.#bounds.center);
    table.position.copy(this.#bounds.center).negate();
    table.add(shown.shadow);
    this.#turntable.add(lease.instance, table);
    this.#shown = shown;
  }

  /** @throws PieceError `variant-unknown` */
  setVariant(variant: string | null): void {
    const lease = this.#shown?.lease;
    lease?.model.variants.apply(lease.instance, variant);
  }

  clearPiece(): void {
    if (this.#shown === null) return;
    this.#turntable.clear();
    disposeShadow(this.#shown);
    this.#shown.glow.dispose();
    this.#shown.lease.release();
    this.#shown = null;
  }

  /** The spot of the piece that is seen at a point of the view (CSS pixels from its upper left corner); null beside the piece. */
  spotAt(viewX: number, viewY: number, viewWidthPx: number, viewHeightPx: number): Spot | null {
    if (this.#shown === null) return null;
    const { instance } = this.#shown.lease;
    const onView = new Vector2((2 * viewX) / viewWidthPx - 1, 1 - (2 * viewY) / viewHeightPx);
    this.root.updateWorldMatrix(true, true);
    this.camera.updateMatrixWorld();
    const ray = new Raycaster();
    ray.setFromCamera(onView, this.camera);
    const [hit] = ray.intersectObject(instance, true);
    if (!hit) return null;
    const { x, y, z } = instance.worldToLocal(hit.point).multiplyScalar(MM_PER_METRE);
    return { xMm: tenths(x), yMm: tenths(y), zMm: tenths(z) };
  }

  /** Lights a spot of the piece that is shown, or none. */
  setLight(spot: Spot | null): void {
    this.#shown?.glow.shine(spot && { part: this.#shown.lease.instance, at: inModel(spot) });
  }

  setTheme(theme: StageTheme): void {
    this.#roll.setTheme(theme);
  }

  /** Makes anew what lived in GPU memory only. */
  contextRestored(): void {
    this.#light.rebake();
    this.#scene.environment = this.#light.texture;
    if (this.#shown === null) return;
    const { lease, table } = this.#shown;
    disposeShadow(this.#shown);
    table.clear();
    lease.instance.removeFromParent();
    lease.instance.position.set(0, 0, 0);
    Object.assign(this.#shown, this.#bake(lease));
    lease.instance.position.sub(this.#bounds.center);
    table.add(this.#shown.shadow);
    this.#turntable.add(lease.instance);
  }

  /** One displayed frame; false when nothing moves any more. */
  update(deltaMs: number, viewWidthPx: number, viewHeightPx: number): boolean {
    if (this.#disposed) return false;
    const moving = this.#orbit.advance(deltaMs);
    this.#turntable.rotation.set(this.#orbit.elevationRad, this.#orbit.azimuthRad, 0, 'XYZ');
    const aspect = viewWidthPx / viewHeightPx;
    const halfFovRad = (FOV_DEG * Math.PI) / 360;
    const narrowHalfRad = aspect < 1 ? Math.atan(Math.tan(halfFovRad) * aspect) : halfFovRad;
    const wholeMm = (this.#bounds.radius * AIR) / Math.sin(narrowHalfRad);
    this.camera.position.set(0, 0, Math.max(this.#bounds.radius * 0.5, wholeMm / this.#orbit.zoom));
    this.camera.aspect = aspect;
    this.camera.updateProjectionMatrix();
    this.#roll.setView(viewWidthPx, viewHeightPx);
    return moving;
  }

  dispose(): void {
    this.#disposed = true;
    this.clearPiece();
    this.#backdrop.geometry.dispose();
    this.#roll.dispose();
    this.#light.dispose();
    this.root.removeFromParent();
  }

  /** The table's shadow of a piece that stands in its own frame. */
  #bake({ instance }: ModelLease): { coverage: CoverageMap; shadow: Mesh } {
    const upright = new Group();
    upright.rotation.x = Math.PI / 2;
    upright.add(instance);
    const coverage = bakeCoverage(this.#renderer, upright, SHADOW);
    const lowestMm = new Box3().setFromObject(upright).min.z;
    instance.removeFromParent();
    return { coverage, shadow: createGroundShadow(coverage, lowestMm) };
  }
}

function disposeShadow({ shadow, coverage }: Shown): void {
  shadow.geometry.dispose();
  for (const material of [shadow.material].flat()) material.dispose();
  coverage.dispose();
}

/** A tenth of a millimetre is finer than any finger points. */
function tenths(valueMm: number): number {
  return Number(valueMm.toFixed(1));
}

/** What shows through a lens was drawn without tone mapping and must not be mapped when it is shown. */
function keepPictureThroughGlass(node: object): void {
  if (!(node instanceof Mesh)) return;
  for (const material of [node.material].flat()) {
    if (material instanceof MeshPhysicalMaterial && material.transmission > 0) material.toneMapped = false;
  }
}
