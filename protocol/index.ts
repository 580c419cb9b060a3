/** The wire contract of Vitrine: schemas that parse what comes from outside, and the pure rules both sides share. */
export {
  ActivateRequest,
  Activation,
  ActivationId,
  ActivationKey,
  ActivationReply,
  ActivationRequest,
  ActivationScope,
  activationScopes,
  ActivationsReply,
  EmbedOrigin,
  readEmbedOrigin,
  scopeAllows,
} from './activation.ts';
export { AuditAction, auditActions, AuditActor, AuditEntry } from './audit.ts';
export {
  AuditQuery,
  AuditReply,
  BoardDevice,
  BoardPasskey,
  BoutiqueStock,
  ConsoleMaison,
  ConsoleSession,
  ConsoleSessionReply,
  ConsoleSignInRequest,
  csrfHeader,
  DeviceBoardReply,
  EnrolmentReply,
  EnrolmentRequest,
  NamedAuditEntry,
  PasskeyBoardReply,
  StockBoardReply,
} from './console.ts';
export { DeviceReport, MirrorReport, ReportedCamera, ReportedTracking } from './device-report.ts';
export {
  ClientAsked,
  clientAskMs,
  clientCardTries,
  ClientChoice,
  ClientConsent,
  ClientContext,
  ClientErasure,
  ClientFact,
  ClientGrant,
  clientMonthMs,
  ClientPurpose,
  clientPurposes,
  ClientReading,
  ClientTerm,
  FactReason,
  factsOf,
  grantEndMs,
  KnownFact,
  liveGrants,
  shownFacts,
  termsOf,
} from './client-context.ts';
export {
  PhoneConsentRequest,
  PhoneInvitation,
  PhoneOpenReply,
  PhoneOpenRequest,
  phonePath,
  PhonePlace,
  PhoneReply,
  PhoneRequest,
  PhoneWithdrawRequest,
} from './client-phone.ts';
export { ClientReference, readCard } from './client-reference.ts';
export { consentTextVersion, purposeWords, termWords } from './client-words.ts';
export {
  Advisor,
  ChallengeReply,
  ChallengeRequest,
  challengeText,
  DeviceIdentity,
  DeviceRole,
  EnrolReply,
  EnrolRequest,
  PublicKeyJwk,
  RotateKeyReply,
  RotateKeyRequest,
  rotationText,
  TokenReply,
  TokenRequest,
} from './device.ts';
export { answerOf, ErrorCode, errorCodes, WireError, type Answer } from './errors.ts';
export {
  Call,
  Claim,
  goingLastsMs,
  KeptVisit,
  MatchDigits,
  Offer,
  OfferEnd,
  offerLifetimeMs,
  readTypedCode,
  typedCodeAlphabet,
  typedCodeTries,
} from './handoff.ts';
export {
  AdvisorId,
  CommandId,
  DeviceId,
  EpochMs,
  HoldId,
  Locale,
  MaisonId,
  OfferId,
  PieceId,
  SessionId,
  Sku,
  StoreId,
  VariantId,
  Words,
} from './ids.ts';
export {
  OmsDeadLettersReply,
  OmsLetter,
  OmsLevelRow,
  OmsLevelsReply,
  OmsSetLevelReply,
  OmsSetLevelRequest,
  StockFeed,
  StockFeedsReply,
  StockRule,
  StockRulesReply,
} from './oms.ts';
export {
  Passkey,
  passkeyChallengeMs,
  passkeyDomain,
  PasskeyId,
  PasskeyIntroduction,
  PasskeyInvitation,
  PasskeyProof,
  PasskeyQuestion,
} from './passkey.ts';
export { PieceExtras, WearingExtras, WornFrame } from './piece-extras.ts';
export {
  Catalogue,
  categories,
  Category,
  EyewearDimensions,
  findBySku,
  Piece,
  Price,
  Store,
  Variant,
  type FoundVariant,
} from './product.ts';
export {
  clientEvents,
  CommandEnvelope,
  commands,
  Hello,
  HelloAnswer,
  maxMessageBytes,
  realtimePath,
  serverEvents,
  StockCatchUp,
  Welcome,
  type CommandName,
  type CommandPayload,
  type CommandReply,
  type ServerEvent,
  type ServerEventName,
} from './realtime.ts';
export {
  BoutiqueContent,
  CalendarDay,
  OpeningHours,
  OpenSpan,
  openNow,
  spansOn,
  WallTime,
  weekDays,
  type OpenNow,
  type WeekDay,
} from './boutique.ts';
export { Chapter, ChapterPiece, Season, Story, StoryPicture, StoryTime, YearDay } from './story.ts';
export { Lead, leadAfter, mayAdvisorLead, type LeadingEvent, type LeadState } from './lead.ts';
export { MeasureKind, SharedMeasure } from './measure.ts';
export { ModelFile, RuntimeConfig } from './runtime-config.ts';
export {
  Actor,
  ClosedReason,
  reduceSession,
  SessionEvent,
  SessionFact,
  SessionFrame,
  Tried,
  VisitSummary,
  Worn,
  type SessionState,
} from './session.ts';
export {
  applyFrame,
  applySnapshot,
  Hold,
  HoldState,
  StockElsewhere,
  StockFrame,
  StockLevel,
  StockSnapshot,
  type StockOutcome,
  type StockState,
  type StoreStock,
} from './stock.ts';
export { Theme } from './theme.ts';
export { Pointed, pointLastsMs, ProposalAnswer, ProposedLook, Spot, StoryPage } from './together.ts';
export { isWornStep, lingered, type ChoiceStep, type PathStep, type WornStep } from './visit-path.ts';
export { protocolVersion } from './version.ts';
