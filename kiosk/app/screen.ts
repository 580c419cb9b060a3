import type { SnapshotFrom } from 'xstate';
import type { VisitMachine } from '../../sdk/session/visit-machine.ts';

/** The visit's state as the screens read it. */
export type VisitSnapshot = SnapshotFrom<VisitMachine>;

/** Every screen of the kiosk; each is a view of one state of the visit. */
export type ScreenName =
  | 'attract'
  | 'welcome'
  | 'discover'
  | 'wear'
  | 'closer'
  | 'list'
  | 'notice'
  | 'join'
  | 'calling'
  | 'together'
  | 'farewell'
  | 'wiping';

/** How far the call for an advisor has come. */
export type CallStep =
  'opening' | 'offering' | 'claimed' | 'confirming' | 'arriving' | 'declined' | 'unreachable';

/** Which screen shows a snapshot. */
export function screenOf(snapshot: VisitSnapshot): ScreenName {
  const { value } = snapshot;
  if (typeof value === 'string') return value;
  const { journey } = value.visiting;
  if (typeof journey === 'string') return journey;
  if ('browse' in journey) return journey.browse;
  if ('calling' in journey) return 'calling';
  if (journey.together === 'story') return 'discover';
  return journey.together === 'mirror' ? 'together' : journey.together;
}

/** The step of a call; null where nobody is called. */
export function callStepOf(snapshot: VisitSnapshot): CallStep | null {
  const { value } = snapshot;
  if (typeof value === 'string') return null;
  const { journey } = value.visiting;
  return typeof journey !== 'string' && 'calling' in journey ? journey.calling : null;
}

/** Whether the mirror is asking if someone is still there. */
export function isAsking(snapshot: VisitSnapshot): boolean {
  return snapshot.matches({ visiting: { presence: 'asking' } });
}
