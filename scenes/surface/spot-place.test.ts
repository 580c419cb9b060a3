import { BoxGeometry, Group, InstancedMesh, Matrix4, Mesh, MeshBasicMaterial } from 'three';
import { describe, expect, it } from 'vitest';
import { detachNode } from '../categories/place-node.ts';
import { MM_PER_METRE } from '../units.ts';
import { spotPlace } from './spot-place.ts';

const material = new MeshBasicMaterial();

/** Two drops 28 mm apart, and a chain of three links, as a file has them. */
function model(): Group {
  const prototype = new Group();
  prototype.scale.setScalar(MM_PER_METRE);
  for (const [at, name] of ['earring_left', 'earring_right'].entries()) {
    const drop = new Mesh(new BoxGeometry(0.006, 0.02, 0.006), material);
    drop.name = name;
    drop.position.x = at === 0 ? 0.014 : -0.014;
    drop.userData = { vitrinePrimitive: at };
    prototype.add(drop);
  }
  const chain = new InstancedMesh(new BoxGeometry(0.004, 0.002, 0.002), material, 3);
  chain.name = 'chain';
  for (let link = 0; link < 3; link += 1)
    chain.setMatrixAt(link, new Matrix4().makeTranslation(0.004 * (link - 1), -0.05, 0));
  chain.userData = { vitrinePrimitive: 2 };
  prototype.add(chain);
  return prototype;
}

const worldOf = (place: ReturnType<typeof spotPlace>): number[] =>
  place ? place.part.localToWorld(place.at.clone()).toArray() : [];

describe('where a light on a worn piece hangs', () => {
  it('is on the earring that was pointed at, on its ear', () => {
    const instance = model();
    const worn = new Group().add(instance);
    for (const [name, x] of [
      ['earring_left', 70],
      ['earring_right', -70],
    ] as const) {
      const holder = detachNode(instance, name);
      if (holder === null) throw new Error(name);
      holder.position.set(x, 0, -500);
      worn.add(holder);
    }
    worn.updateMatrixWorld(true);
    const place = spotPlace({ xMm: -15, yMm: -8, zMm: 3 }, model(), worn);
    expect(place?.part.name).toBe('earring_right');
    const [x = 0, y = 0, z = 0] = worldOf(place);
    expect([x, y, z].map(Math.round)).toEqual([-71, -8, -497]);
  });

  it('is on the link that was pointed at, wherever the chain lies', () => {
    const instance = model();
    const chain = instance.getObjectByName('chain');
    if (!(chain instanceof InstancedMesh)) throw new Error('no chain');
    chain.setMatrixAt(2, new Matrix4().makeTranslation(0.03, -0.02, 0.01));
    const worn = new Group().add(instance);
    worn.updateMatrixWorld(true);
    const place = spotPlace({ xMm: 5, yMm: -50, zMm: 0 }, model(), worn);
    expect(worldOf(place).map(Math.round)).toEqual([31, -20, 10]);
  });

  it('is nowhere on a piece that lacks the part', () => {
    expect(spotPlace({ xMm: 0, yMm: 0, zMm: 0 }, model(), new Group())).toBeNull();
    expect(spotPlace({ xMm: 0, yMm: 0, zMm: 0 }, new Group(), model())).toBeNull();
  });
});
