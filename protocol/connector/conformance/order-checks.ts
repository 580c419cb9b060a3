import { expectKind, expectThat, freeOf, makeFree, readLevel } from './expectations.ts';
import type { ConformanceCheck, HouseUnderTest } from './house-under-test.ts';

function draftOf(house: HouseUnderTest, quantity = 1, holdId: string | null = null) {
  const { storeId, sku } = house;
  return { key: house.newKey(), storeId, clientId: null, lines: [{ sku, quantity, holdId }] };
}

async function drafted(house: HouseUnderTest, quantity = 1, holdId: string | null = null) {
  const outcome = await house.connector.draftOrder(draftOf(house, quantity, holdId));
  return expectKind(outcome, 'drafted', 'draftOrder()').order;
}

export const orderChecks: readonly ConformanceCheck[] = [
  {
    name: 'drafts an order once per key, and promises nothing for it',
    needs: 'orders',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      await makeFree(house, 2);
      const draft = draftOf(house);
      const first = expectKind(await connector.draftOrder(draft), 'drafted', 'draftOrder()').order;
      const again = expectKind(await connector.draftOrder(draft), 'drafted', 'The same key').order;
      expectThat(first.id === again.id, 'The same key made two orders.');
      expectThat(
        first.state === 'draft' && first.storeId === storeId,
        'The draft is another than asked for.',
      );
      expectThat(first.lines[0]?.sku === sku && first.lines[0].quantity === 1, 'It has other lines.');
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 2, 'A draft took a piece.');
      const lines = [{ sku: house.unknownSku, quantity: 1, holdId: null }];
      const unknown = await connector.draftOrder({ ...draft, key: house.newKey(), lines });
      expectKind(unknown, 'unknown-sku', 'A draft of an unknown SKU');
    },
  },
  {
    name: 'changes a draft only for who has seen it as it stands',
    needs: 'orders',
    run: async (house) => {
      const { connector, sku } = house;
      await makeFree(house, 3);
      const { id: orderId, revision } = await drafted(house);
      const lines = [{ sku, quantity: 2, holdId: null }];
      const updated = await connector.updateOrder({ orderId, revision, lines });
      const { order } = expectKind(updated, 'updated', 'updateOrder()');
      expectThat(order.lines[0]?.quantity === 2, 'The lines are not those that were sent.');
      expectThat(order.revision > revision, 'The order has no new revision.');
      const late = await connector.updateOrder({ orderId, revision, lines });
      expectThat(
        expectKind(late, 'moved-on', 'A late change').order.revision === order.revision,
        'It moved.',
      );
      expectKind(
        await connector.updateOrder({ orderId: 'no-such-order', revision, lines }),
        'unknown-order',
        'An unknown order',
      );
    },
  },
  {
    name: 'takes the pieces of a placed order, whole or not at all, and once',
    needs: 'orders',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      await makeFree(house, 3);
      const { id: orderId, revision } = await drafted(house, 2);
      const placed = expectKind(await connector.placeOrder({ orderId, revision }), 'placed', 'placeOrder()');
      expectThat(placed.order.state === 'placed', 'A placed order is still a draft.');
      const again = await connector.placeOrder({ orderId, revision });
      expectThat(again.kind === 'placed' || again.kind === 'moved-on', `Placed again, it was ${again.kind}.`);
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 1, 'One was to stay free.');
      const tooMany = await drafted(house, 2);
      const refused = await connector.placeOrder({ orderId: tooMany.id, revision: tooMany.revision });
      expectKind(refused, 'none-free', 'An order of more than there is');
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 1, 'A refused order took pieces.');
    },
  },
  {
    name: 'lets an order take the piece that is held for it',
    needs: 'orders',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      if (!connector.capabilities.has('holds')) return;
      await makeFree(house, 1);
      const expiresAtMs = house.nowMs() + 600_000;
      const outcome = await connector.hold({ key: house.newKey(), storeId, sku, expiresAtMs });
      const { hold } = expectKind(outcome, 'held', 'hold()');
      const { id: orderId, revision } = await drafted(house, 1, hold.id);
      expectKind(await connector.placeOrder({ orderId, revision }), 'placed', 'An order of the held piece');
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 0, 'The held piece is free again.');
      expectKind(await connector.releaseHold({ holdId: hold.id }), 'ended', 'The hold of a placed order');
    },
  },
  {
    name: 'lets an order take every piece that is held for it, a line for each hold of one piece',
    needs: 'orders',
    run: async (house) => {
      const { connector, storeId, sku } = house;
      if (!connector.capabilities.has('holds')) return;
      await makeFree(house, 2);
      const expiresAtMs = house.nowMs() + 600_000;
      const held = async () => {
        const outcome = await connector.hold({ key: house.newKey(), storeId, sku, expiresAtMs });
        return expectKind(outcome, 'held', 'hold()').hold.id;
      };
      const lines = [await held(), await held()].map((holdId) => ({ sku, quantity: 1, holdId }));
      const draft = await connector.draftOrder({ ...draftOf(house), lines });
      const { id: orderId, revision } = expectKind(draft, 'drafted', 'draftOrder()').order;
      expectKind(await connector.placeOrder({ orderId, revision }), 'placed', 'An order of two held pieces');
      expectThat(freeOf(await readLevel(house, storeId, sku)) === 0, 'A held piece is free again.');
      for (const { holdId } of lines)
        expectKind(await connector.releaseHold({ holdId }), 'ended', 'A hold of a placed order');
    },
  },
  {
    name: 'remembers who served',
    needs: 'orders',
    run: async (house) => {
      const { id: orderId } = await drafted(house);
      const attribution = { advisorId: house.advisorId, sessionId: house.newKey() };
      const outcome = await house.connector.attributeOrder({ orderId, attribution });
      const { order } = expectKind(outcome, 'attributed', 'attributeOrder()');
      expectThat(order.attribution?.sessionId === attribution.sessionId, 'The attribution is lost.');
      expectKind(
        await house.connector.attributeOrder({ orderId: 'no-such-order', attribution }),
        'unknown-order',
        'An unknown order',
      );
    },
  },
];
