import type { Logger } from 'pino';
import type { Background } from '../core/background.ts';
import type { Clock } from '../core/clock.ts';
import type { Hints } from '../core/hints.ts';
import { admitsFrom } from '../devices/activations.ts';
import type { Device } from '../devices/device-registry.ts';
import type { Http } from '../http/create-http.ts';
import type { Services } from '../services.ts';
import type { AnswerBook } from './answer-book.ts';
import { commandHandlers } from './command-handlers.ts';
import { CommandRunner } from './command-runner.ts';
import { deviceRoom, Gateway, storeRoom } from './gateway.ts';
import { createGreeter } from './greeter.ts';
import { createHintRouter } from './hint-router.ts';
import { SessionFeed } from './session-feed.ts';
import { StockFeed } from './stock-feed.ts';

/** Puts the services behind sockets on this HTTP server. Returns what hangs everything up again. */
export async function createRealtime(deps: {
  http: Http;
  services: Services;
  answers: AnswerBook;
  hints: Hints;
  background: Background;
  clock: Clock;
  log: Logger;
  coalesceMs: number;
  recheckEveryMs: number;
  allowedOrigins: () => readonly string[];
}): Promise<() => void> {
  const { http, services, answers, background, clock, log, coalesceMs, recheckEveryMs, allowedOrigins } =
    deps;
  const { registry, tokens, tokenKeys, activations, sessions, offers, stock } = services;

  /** An advisor who changes tablets in the middle of a session finds it on the new one. */
  const handSessionOn = async (tablet: Device) => {
    const missed = await sessions.missedBy(tablet, null);
    const [first, last] = [missed?.events[0], missed?.events.at(-1)];
    if (!missed || !first || !last) return;
    const frame = { ...missed, fromSeq: first.seq, toSeq: last.seq };
    gateway.emit(deviceRoom(tablet.id), 'session.events', frame);
  };
  const gateway: Gateway = new Gateway({
    http,
    tokens,
    keys: tokenKeys,
    admits: admitsFrom,
    knowsOrigin: (origin) => activations.knowsOrigin(origin),
    registry,
    clock,
    log,
    runner: new CommandRunner({ handlers: commandHandlers(services), answers, log, clock }),
    greet: createGreeter({ ...services, clock }),
    allowedOrigins,
    afterCommand: (device, name) => {
      if (name === 'advisor.sign-in') background.run('session-handed-on', () => handSessionOn(device));
    },
  });
  const stockFeed = new StockFeed({
    log: stock,
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
  const route = createHintRouter({ gateway, offers, stockFeed, sessionFeed, background });
  background.every('sockets-rechecked', recheckEveryMs, () => gateway.recheck());
  const stopHearing = deps.hints.subscribe(route);
  return () => {
    stopHearing();
    gateway.close();
  };
}
