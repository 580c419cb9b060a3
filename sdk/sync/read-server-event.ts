import { serverEvents, type ServerEvent, type ServerEventName } from '../../protocol/realtime.ts';

/** An event of the server that has the agreed form. */
export type ReadServerEvent = {
  [Name in ServerEventName]: { readonly name: Name; readonly value: ServerEvent<Name> };
}[ServerEventName];

/** Parses what came over the socket; null where it is no event of the contract. */
export function readServerEvent(name: string, payload: unknown): ReadServerEvent | null {
  if (!Object.hasOwn(serverEvents, name)) return null;
  const known = name as ServerEventName;
  const parsed = serverEvents[known].safeParse(payload);
  // The schema was chosen by the name, which TypeScript cannot follow through the union.
  return parsed.success ? ({ name: known, value: parsed.data } as ReadServerEvent) : null;
}
