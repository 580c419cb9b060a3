import { systemClock } from '../../../sdk/core/clock.ts';
import { createLink } from '../../../sdk/sync/create-link.ts';
import { createDeviceKeys, memoryKeySlot } from '../../../sdk/sync/device-keys.ts';
import type { Link, LinkState } from '../../../sdk/sync/link.ts';
import { MemoryStorage } from '../../../sdk/sync/memory-storage.ts';
import { openSocketIo } from '../../../sdk/sync/socket-io-line.ts';
import type { NodeAsks } from '../../../bench/cluster/node-asks.ts';
import type { Child } from '../../../bench/realtime/child.ts';
import { valueOf, visitSummary } from '../../server/support/visit.ts';

/** Whose boutique it is. */
export const storeId = 'norde-marais';

type NodeChild = Child<NodeAsks>;

/** A device as it ships: the kit's own link, its outbox and its cursors, over a real socket. */
export async function openDevice(
  node: NodeChild,
  serverUrl: string,
  role: 'kiosk' | 'tablet',
  store: string = storeId,
): Promise<Link> {
  const link = createLink({
    role,
    serverUrl,
    clientVersion: 'faults',
    clock: systemClock,
    random: { unit: () => Math.random(), id: () => crypto.randomUUID() },
    fetch: (input, init) => fetch(input, init),
    storage: new MemoryStorage(),
    keys: createDeviceKeys(memoryKeySlot(), crypto.subtle),
    openSocket: openSocketIo,
  });
  await link.start();
  const maisonId = store.split('-')[0] ?? '';
  await node.ask('refillLimits', null);
  const { code } = await node.ask('enrolmentCode', { maisonId, storeId: store, role, name: `${role} 1` });
  valueOf(await link.enrol(code));
  await until(link, isLive);
  return link;
}

/** Resolves with the state that a link comes to, as soon as it does. */
export async function until(link: Link, wanted: (state: LinkState) => boolean): Promise<LinkState> {
  return await new Promise((resolve) => {
    let stop = () => {};
    const look = () => {
      if (!wanted(link.state.get())) return false;
      stop();
      resolve(link.state.get());
      return true;
    };
    if (!look()) stop = link.state.subscribe(() => void look());
  });
}

export const isLive = ({ status }: LinkState): boolean => status.kind === 'live';

/** A mirror and a tablet in one assisted session. */
export interface Visit {
  readonly kiosk: Link;
  readonly tablet: Link;
  readonly sessionId: string;
}

/** Opens both devices and brings them into one session. */
export async function openVisit(
  node: NodeChild,
  pin: string,
  urls: { kiosk: string; tablet: string },
): Promise<Visit> {
  const kiosk = await openDevice(node, urls.kiosk, 'kiosk');
  const tablet = await openDevice(node, urls.tablet, 'tablet');
  valueOf(await tablet.command('advisor.sign-in', { advisorId: 'noemie-caron', pin }));
  const { secret, offerId } = valueOf(await kiosk.command('offer.open', {}));
  valueOf(await tablet.command('offer.claim', { secret }));
  const { sessionId } = valueOf(await kiosk.command('offer.confirm', { offerId, summary: visitSummary }));
  await until(tablet, ({ session }) => session?.sessionId === sessionId);
  await until(kiosk, ({ session }) => session?.sessionId === sessionId);
  return { kiosk, tablet, sessionId };
}

/** Counts a piece anew in the OMS, over HTTP, as a house's staff would; throws where the server did not say yes. */
export async function setStock(
  { url, operatorToken }: { readonly url: string; readonly operatorToken: string },
  sku: string,
  onHand: number,
  store: string = storeId,
): Promise<void> {
  const response = await fetch(`${url}/api/oms/levels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorToken}` },
    body: JSON.stringify({ storeId: store, sku, onHand }),
  });
  if (!response.ok) throw new Error(`The OMS said ${response.status}.`);
}
