import type { MaisonId } from '../../protocol/index.ts';
import { OmsFault, type OmsConnector } from '../../protocol/connector/index.ts';
import type { Clock } from '../core/clock.ts';
import type { Meter } from './meter.ts';

/** What is answered, and so takes its time. */
type Call = Exclude<keyof OmsConnector, 'name' | 'capabilities' | 'subscribe'>;

/** Every call, by name: one that is added to the port must be added here, or this does not compile. */
const calls: Readonly<Record<Call, true>> = {
  levels: true,
  level: true,
  catalogue: true,
  hold: true,
  extendHold: true,
  releaseHold: true,
  commitHold: true,
  findClient: true,
  recordConsent: true,
  readContext: true,
  eraseClient: true,
  recordNote: true,
  forgetNotes: true,
  draftOrder: true,
  updateOrder: true,
  placeOrder: true,
  attributeOrder: true,
  bookAppointment: true,
  moveAppointment: true,
  cancelAppointment: true,
  requestTransfer: true,
  transferTimes: true,
};

/** Tells a meter how long every call to a house took and what came of it. The connector behind it does not know. */
export function meteredConnector(
  connector: OmsConnector,
  told: { readonly maisonId: MaisonId; readonly meter: Meter; readonly clock: Clock },
): OmsConnector {
  const { maisonId, meter, clock } = told;
  const measured = (call: Call) => {
    const work = connector[call].bind(connector) as (...given: unknown[]) => Promise<unknown>;
    return async (...given: unknown[]) => {
      const fromMs = clock.monotonicMs();
      const tell = (result: 'ok' | 'internal' | OmsFault['code']) => {
        const durationMs = clock.monotonicMs() - fromMs;
        meter.omsCalled({ maisonId, source: connector.name, call, result, durationMs });
      };
      try {
        const outcome = await work(...given);
        tell('ok');
        return outcome;
      } catch (fault) {
        tell(fault instanceof OmsFault ? fault.code : 'internal');
        throw fault;
      }
    };
  };
  return {
    name: connector.name,
    capabilities: connector.capabilities,
    subscribe: (cursor, listener) => connector.subscribe(cursor, listener),
    ...(Object.fromEntries(
      (Object.keys(calls) as Call[]).map((call) => [call, measured(call)]),
    ) as unknown as Pick<OmsConnector, Call>),
  };
}
