import {
  Hello,
  protocolVersion,
  type Advisor,
  type Answer,
  type Claim,
  type Welcome,
} from '../../protocol/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { Clock } from '../core/clock.ts';
import { parseWith } from '../core/parse.ts';
import { inMaison } from '../core/scope.ts';
import type { DevicePresence } from '../devices/device-presence.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { seesStore, type Device } from '../devices/device-rows.ts';
import type { CallBoard } from '../handoff/call-board.ts';
import type { OfferBook } from '../handoff/offer-book.ts';
import type { AdvisorDesk } from '../houses/advisor-desk.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { StockLog } from '../stock/stock-log.ts';
import type { Greeter } from './gateway.ts';
import { storeRoom, tabletsRoom } from './rooms.ts';

/** Answers `hello` with all that the device has missed. */
export function createGreeter(deps: {
  registry: DeviceRegistry;
  presence: DevicePresence;
  stock: StockLog;
  sessions: Sessions;
  offers: OfferBook;
  callBoard: CallBoard;
  desk: AdvisorDesk;
  clock: Clock;
}): Greeter {
  const { registry, presence, stock, sessions, offers, callBoard, desk, clock } = deps;

  const claimFor = async (device: Device, advisor: Advisor | null): Promise<Claim | null> => {
    if (device.role === 'kiosk' || device.role === 'embed') return await offers.claimAt(device);
    return advisor ? await offers.claimBy(device, advisor) : null;
  };

  const greet: Greeter = async (device: Device, message, joinRooms): Promise<Answer<Welcome>> => {
    const version = spokenVersion(message);
    if (version !== null && version !== protocolVersion) {
      return refuse(
        'unsupported-version',
        `This server speaks version ${protocolVersion} of the contract, the device version ${version}.`,
      );
    }
    const hello = parseWith(Hello, message, 'The hello');
    if (!hello.ok) return hello;
    const { stockCursors, session, clientVersion } = hello.value;
    presence.greeted(device.id, clientVersion);
    const identity = await registry.identity(device);
    const followed = [identity.store, ...identity.nearby]
      .map(({ id }) => id)
      .filter((storeId) => seesStore(device, storeId));
    const isTablet = device.role === 'tablet';
    // Rooms first, then the reading: a change in between arrives twice and never not at all.
    joinRooms([...followed.map(storeRoom), ...(isTablet ? [tabletsRoom(device.storeId)] : [])]);
    const advisor = isTablet ? await desk.signedIn(device) : null;
    return done({
      identity,
      stock: await Promise.all(followed.map((storeId) => stock.catchUp(storeId, stockCursors[storeId]))),
      // An agency's page hears of no session: what is said in one is the client's.
      session:
        device.role === 'console' || device.activation ? null : await sessions.missedBy(device, session),
      advisor,
      calls: isTablet ? await callBoard.calls(device.storeId) : [],
      claim: await claimFor(device, advisor),
      // Last, so that it is the time of the answer: countdowns are reckoned from it.
      serverTimeMs: clock.nowMs(),
    });
  };
  return (device, message, joinRooms) => inMaison(device.maisonId, () => greet(device, message, joinRooms));
}

/** The version is looked at before the rest: another version's hello may have another form. */
function spokenVersion(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('protocolVersion' in message)) return null;
  return typeof message.protocolVersion === 'number' ? message.protocolVersion : null;
}
