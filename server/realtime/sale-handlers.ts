import type { Clock } from '../core/clock.ts';
import type { SaleServices } from '../sale/create-sale.ts';
import type { CommandHandlers } from './command-handlers.ts';

type SaleCommand =
  | 'sale.read'
  | 'sale.board'
  | 'run.ask'
  | 'run.move'
  | 'transfer.ask'
  | 'collection.reserve'
  | 'collection.end'
  | 'appointment.slots'
  | 'appointment.book'
  | 'appointment.move'
  | 'appointment.cancel'
  | 'appointment.mark'
  | 'wish-list.open'
  | 'wish-list.show'
  | 'order.prepare'
  | 'order.place'
  | 'session.conclude'
  | 'follow-up.list'
  | 'follow-up.change'
  | 'follow-up.client';

/** The commands between a piece that is loved and the till. */
export function saleHandlers(sale: SaleServices, clock: Clock): Pick<CommandHandlers, SaleCommand> {
  const {
    reader,
    runs,
    transfers,
    collections,
    appointments,
    appointmentChanges,
    takeaways,
    wishLists,
    orders,
    visitNotes,
    followUps,
  } = sale;
  return {
    'sale.read': ({ device }, { sessionId }) => reader.read(device, sessionId),
    'sale.board': ({ device }) => reader.board(device, clock.nowMs()),
    'run.ask': ({ device, commandId }, { sessionId, sku }) => runs.ask(device, commandId, sessionId, sku),
    'run.move': ({ device }, { runId, to }) => runs.move(device, runId, to),
    'transfer.ask': ({ device, commandId }, asked) => transfers.ask(device, commandId, asked),
    'collection.reserve': ({ device, commandId }, asked) => collections.reserve(device, commandId, asked),
    'collection.end': ({ device }, ended) => collections.end(device, ended),
    'appointment.slots': ({ device }, { advisorId }) => appointments.slots(device, advisorId),
    'appointment.book': ({ device, commandId }, asked) => appointments.book(device, commandId, asked),
    'appointment.move': ({ device, commandId }, asked) => appointmentChanges.move(device, commandId, asked),
    'appointment.cancel': ({ device, commandId }, asked) =>
      appointmentChanges.cancel(device, commandId, asked),
    'appointment.mark': ({ device }, { sessionId, appointmentId }) =>
      takeaways.mark(device, sessionId, appointmentId),
    'wish-list.open': ({ device }, { sessionId, secret }) => wishLists.open(device, sessionId, secret),
    'wish-list.show': ({ device }, { secret }) => wishLists.show(device, secret),
    'order.prepare': ({ device, commandId }, { sessionId, lines }) =>
      orders.prepare(device, commandId, sessionId, lines),
    'order.place': ({ device }, asked) => orders.place(device, asked),
    'session.conclude': ({ device, commandId }, asked) => visitNotes.conclude(device, commandId, asked),
    'follow-up.list': ({ device }) => followUps.list(device),
    'follow-up.change': ({ device }, { followUpId, change }) => followUps.change(device, followUpId, change),
    'follow-up.client': ({ device }, { followUpId }) => followUps.client(device, followUpId),
  };
}
