/** The port between the kit and a house's own order-management system, and the suite that a connector must pass. */
export {
  AppointmentAsk,
  AppointmentCancel,
  AppointmentMove,
  AppointmentOutcome,
  AttributeOutcome,
  Attribution,
  CancelOutcome,
  ClientErase,
  ClientOutcome,
  ConsentOutcome,
  ConsentRecord,
  ContextAsk,
  ContextOutcome,
  DraftOutcome,
  EraseOutcome,
  MoveOutcome,
  OmsClient,
  OmsOrder,
  OrderAttribution,
  OrderDraft,
  OrderPlacement,
  OrderUpdate,
  PlaceOutcome,
  UpdateOutcome,
} from './client-calls.ts';
export { ClientReference } from '../client-reference.ts';
export { ForgetOutcome, NoteOutcome, NoteRecord, NotesForget } from './note-calls.ts';
export { conformanceChecks } from './conformance/conformance-checks.ts';
export { isAsked, type ConformanceCheck, type HouseUnderTest } from './conformance/house-under-test.ts';
export { runConformance, type CheckResult } from './conformance/run-conformance.ts';
export { HouseConnector } from './house-connector.ts';
export { omsCalls, type OmsCallName, type OmsReply, type OmsRequest } from './oms-calls.ts';
export { omsCapabilities, type OmsCapability, type OmsConnector, type OmsListener } from './oms-connector.ts';
export { isPassing, OmsFault, omsFaultCodes, unsupported, type OmsFaultCode } from './oms-fault.ts';
export {
  CommitOutcome,
  ExtendOutcome,
  HoldAsk,
  HoldCommit,
  HoldExtension,
  HoldOutcome,
  HoldRelease,
  LevelOutcome,
  OmsCatalogue,
  OmsCursor,
  OmsHint,
  OmsHold,
  OmsId,
  OmsItem,
  OmsLevel,
  OmsReading,
  OrderLine,
  ReleaseOutcome,
  Transfer,
  TransferAsk,
  TransferOutcome,
  TransferTime,
  TransferTimes,
} from './stock-calls.ts';
