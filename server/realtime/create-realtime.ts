import type { Logger } from 'pino';
import type { AdmissionRate } from '../core/admission.ts';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Hints } from '../core/hints.ts';
import { houseWide, inMaison, leavingScope } from '../core/scope.ts';
import { admitsFrom } from '../devices/activations.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Whose } from '../houses/whose.ts';
import type { Http } from '../http/create-http.ts';
import type { DeviceRole } from '../../protocol/index.ts';
import type { Meter } from '../ops/meter.ts';
import type { Services } from '../services.ts';
import type { StockLog } from '../stock/stock-log.ts';
import type { AnswerBook } from './answer-book.ts';
import { AskFeed } from './ask-feed.ts';
import { createCatchUp } from './catch-up.ts';
import { ClientFeed } from './client-feed.ts';
import { SaleFeed } from './sale-feed.ts';
import { commandHandlers } from './command-handlers.ts';
import { CommandRunner } from './command-runner.ts';
import { Gateway, signsIn } from './gateway.ts';
import { deviceRoom, storeRoom } from './rooms.ts';
import { createGreeter } from './greeter.ts';
import { createHintRouter } from './hint-router.ts';
import { OfferFeed } from './offer-feed.ts';
import { SessionFeed } from './session-feed.ts';
import { StockFeed } from './stock-feed.ts';

/** The sockets of one node. */
export interface Realtime {
  readonly gateway: Gateway;
  /** Sends whatever was committed and not hinted at. */
  readonly catchUp: () => Promise<void>;
  /** Open sockets of this process, by role. */
  readonly sockets: () => ReadonlyMap<DeviceRole, number>;
  /** Tells every device that the server stops, and takes nothing new. */
  readonly announceClosing: () => void;
  /** Resolves when every command that was taken has been answered. */
  readonly idle: () => Promise<void>;
  /** Hangs everything up. */
  readonly stop: () => void;
}

/** Puts the services behind sockets on this HTTP server. */
export async function createRealtime(deps: {
  http: Http;
  services: Services;
  answers: AnswerBook;
  hints: Hints;
  background: Background;
  clock: Clock;
  random: Random;
  log: Logger;
  coalesceMs: number;
  /** Between two looks for what no hint told of. */
  catchUpEveryMs: number;
  recheckEveryMs: number;
  handshakeRate?: AdmissionRate | undefined;
  allowedOrigins: () => readonly string[];
  meter: Meter;
}): Promise<Realtime> {
  const { http, services, answers, background, clock, random, log, coalesceMs, allowedOrigins, meter } = deps;
  const { registry, tokens, tokenKeys, activations, presence, sessions, offers, callBoard, stock } = services;

  /** An advisor who changes tablets in the middle of a session finds it on the new one. */
  const handSessionOn = async (tablet: Device) => {
    const missed = await sessions.missedBy(tablet, null);
    const [first, last] = [missed?.events[0], missed?.events.at(-1)];
    if (!missed || !first || !last) return;
    const frame = { ...missed, fromSeq: first.seq, toSeq: last.seq };
    gateway.emit(deviceRoom(tablet.id), 'session.events', frame);
  };
  const runner = new CommandRunner({
    handlers: commandHandlers({ ...services, clock }),
    answers,
    log,
    clock,
    meter,
  });
  const gateway: Gateway = new Gateway({
    http,
    tokens,
    keys: tokenKeys,
    admits: admitsFrom,
    knowsOrigin: (origin) => houseWide('whose page it is', () => activations.knowsOrigin(origin)),
    registry,
    signIns: { tablets: (ids) => services.desk.tabletsAmong(ids) },
    presence,
    clock,
    random,
    background,
    log,
    meter,
    runner,
    greet: createGreeter({ ...services, clock }),
    allowedOrigins,
    handshakeRate: deps.handshakeRate,
    afterCommand: (device, name) => {
      if (signsIn(name))
        background.run('session-handed-on', () => inMaison(device.maisonId, () => handSessionOn(device)));
    },
  });
  const stockFeed = new StockFeed({
    log: scopedLog(stock, services.whose),
    background,
    coalesceMs,
    send: (frame) => gateway.emit(storeRoom(frame.storeId), 'stock.changed', frame),
  });
  await stockFeed.start();
  const sessionFeed = new SessionFeed({
    sessions,
    background,
    send: (deviceId, frame) => gateway.emit(deviceRoom(deviceId), 'session.events', frame),
  });
  const offerFeed = new OfferFeed({ offers, board: callBoard, background, gateway });
  await sessionFeed.start();
  await offerFeed.start();
  const clientFeed = new ClientFeed({ database: services.database, sessions, clock, background, gateway });
  await clientFeed.start();
  const askFeed = new AskFeed({ asks: services.clients.asks, sessions, background, gateway });
  await askFeed.start();
  const saleFeed = new SaleFeed({ database: services.database, sessions, clock, background, gateway });
  await saleFeed.start();
  const feeds = { offerFeed, stockFeed, sessionFeed, clientFeed, askFeed, saleFeed };
  const route = createHintRouter({ gateway, ...feeds, background });
  // A hint is heard for its audience, wherever it was published.
  const stopHearing = deps.hints.subscribe((hint) => leavingScope(() => route(hint)));
  const catchUp = createCatchUp({ ...services, ...feeds, gateway, clock });
  background.every('catch-up', deps.catchUpEveryMs, catchUp);
  background.every('sockets-rechecked', deps.recheckEveryMs, () => gateway.recheck());
  return {
    gateway,
    catchUp,
    sockets: () => gateway.openSockets,
    announceClosing: () => gateway.announceClosing(),
    idle: () => runner.idle(),
    stop: () => {
      stopHearing();
      gateway.close();
    },
  };
}

/** Reads each boutique's log for its own Maison. */
function scopedLog(log: StockLog, whose: Whose): Pick<StockLog, 'heads' | 'framesAfter'> {
  return {
    heads: () => houseWide('the heads of every log', () => log.heads()),
    framesAfter: async (storeId, cursor) => {
      const maisonId = await whose.store(storeId);
      return maisonId === null ? [] : await inMaison(maisonId, () => log.framesAfter(storeId, cursor));
    },
  };
}
