import type { OmsCallName } from '../../../protocol/connector/index.ts';

/** Where a house answers each call, below its base address. Every one is a POST of the call's message. */
export const restPaths: Readonly<Record<OmsCallName, string>> = {
  levels: '/levels/all',
  level: '/levels/one',
  catalogue: '/catalogue',
  hold: '/holds',
  extendHold: '/holds/extend',
  releaseHold: '/holds/release',
  commitHold: '/holds/commit',
  findClient: '/clients/find',
  recordConsent: '/consents',
  readContext: '/clients/context',
  eraseClient: '/clients/erase',
  recordNote: '/clients/notes',
  forgetNotes: '/clients/notes/forget',
  draftOrder: '/orders',
  updateOrder: '/orders/update',
  placeOrder: '/orders/place',
  attributeOrder: '/orders/attribute',
  bookAppointment: '/appointments',
  moveAppointment: '/appointments/move',
  cancelAppointment: '/appointments/cancel',
  requestTransfer: '/transfers',
  transferTimes: '/transfers/times',
};
