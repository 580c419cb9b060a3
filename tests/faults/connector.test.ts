import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { HoldAsk, omsCapabilities } from '../../protocol/connector/index.ts';
import { systemClock } from '../../server/core/clock.ts';
import { IdMapping } from '../../server/oms/id-mapping.ts';
import { freshDatabases } from '../server/support/databases.ts';
import { EmbeddedHouse } from '../server/support/embedded-house.ts';
import { FakeHouse, houseNames, houseSecret } from '../server/support/fake-house.ts';
import { valueOf } from '../server/support/visit.ts';
import { openVisit, type Visit } from './support/boutique.ts';
import { FaultyLink } from './support/faulty-link.ts';
import { Figures } from './support/figures.ts';
import { TestNode } from './support/two-nodes.ts';

const storeId = 'norde-marais';
const sku = 'fjord-51.tortoise';
const kills = 5;

describe('a node killed while the house’s system places a hold for it', () => {
  const figures = new Figures('connector');
  const names = new IdMapping(houseNames);
  let system: EmbeddedHouse;
  let house: FakeHouse;
  let node: TestNode;
  let wire: FaultyLink;
  let visit: Visit;

  beforeAll(async () => {
    system = await EmbeddedHouse.open(freshDatabases[0].fresh, systemClock);
    house = await FakeHouse.start(system.connector, systemClock);
    const norde = {
      kind: 'rest',
      baseUrl: house.url,
      capabilities: omsCapabilities,
      secrets: [houseSecret],
      ...houseNames,
    };
    const file = JSON.stringify({ schemaVersion: 1, maisons: { norde } });
    node = await TestNode.start({}, (dataDir) => writeFile(join(dataDir, 'connectors.json'), file));
    wire = await FaultyLink.start(node.port);
    const url = `http://127.0.0.1:${wire.port}`;
    visit = await openVisit(node.child, node.desk.pin, { kiosk: url, tablet: url });
  });
  afterAll(async () => {
    visit?.kiosk.stop();
    visit?.tablet.stop();
    await node?.end();
    await wire?.stop();
    await house?.stop();
    await system?.close();
    figures.keep();
  });

  const promised = async () => {
    const there = await system.connector.level(storeId, sku);
    return there.kind === 'read' ? there.level.promised : null;
  };

  it(`${kills} times: the advisor’s tap is one hold, there as here, and none is left behind`, async () => {
    const { tablet, sessionId } = visit;
    let doubled = 0;
    let refused = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const reserved = Promise.withResolvers<void>();
      house.mischief.push(() => {
        const body: unknown = JSON.parse(house.heard.at(-1)?.body ?? 'null');
        // It reserves, and who asked is dead before it can say so.
        void system.connector.hold(z.parse(HoldAsk, names.inward(body))).then(() => reserved.resolve());
      });
      const tapped = tablet.command('hold.place', { sessionId, sku });
      await reserved.promise;
      await node.child.kill();
      await node.again();
      const answer = await tapped;
      if (!answer.ok) refused += 1;
      doubled += Math.max(0, ((await promised()) ?? 0) - 1);
      if (answer.ok) valueOf(await tablet.command('hold.release', { holdId: answer.value.hold.id }));
      await expect.poll(promised, { timeout: 20_000 }).toBe(0);
    }
    figures.none('holds that the house has twice', doubled, kills, `${kills} kills`);
    figures.none('taps that were answered with no', refused, kills);
    expect(doubled).toBe(0);
    expect(refused).toBe(0);
  });
});
