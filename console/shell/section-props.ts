import type { ConsoleSession } from '../../protocol/console.ts';
import type { ConsoleDesk } from './console-desk.ts';
import type { Voice } from './voice.ts';

/** What every section is given. */
export interface SectionProps {
  readonly desk: ConsoleDesk;
  readonly session: ConsoleSession;
  readonly voice: Voice;
}
