import type { Clock } from '../core/clock.ts';
import { createCodeReader, type CodeKind, type SoughtPart } from './read-code.ts';

/** How the camera stands while a code is looked for. */
export type ScanState = 'opening' | 'looking' | 'denied' | 'missing' | 'failed';

/** Between two looks: a hand holds a tablet or a phone still for longer than this. */
const lookEveryMs = 180;

/**
 * Opens a camera that looks away from whoever holds the device, or at whoever stands before it, and looks for a code until it is stopped. Pictures are looked at in memory and go
 * nowhere. Returns what closes the camera; it is closed whatever happens.
 */
export function startScan(
  video: HTMLVideoElement,
  {
    kind,
    facing = 'environment',
    part = 'whole',
    clock,
    onState,
    onText,
  }: {
    readonly kind: CodeKind;
    readonly facing?: 'environment' | 'user';
    readonly part?: SoughtPart;
    readonly clock: Clock;
    readonly onState: (state: ScanState) => void;
    readonly onText: (text: string) => void;
  },
): () => void {
  let stopped = false;
  let stream: MediaStream | null = null;
  let cancel = (): void => {};

  const close = (): void => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.srcObject = null;
  };
  const fail = (fault: unknown): void => {
    close();
    if (!stopped) onState(stateOf(fault));
  };
  const run = async (): Promise<void> => {
    const opened = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    stream = opened;
    if (stopped) return close();
    video.srcObject = opened;
    await video.play();
    const read = await createCodeReader(kind, part);
    if (stopped) return;
    onState('looking');
    const look = async (): Promise<void> => {
      const text = await read(video);
      if (stopped) return;
      if (text !== null) onText(text);
      cancel = clock.after(lookEveryMs, () => void look().catch(fail));
    };
    await look();
  };
  run().catch(fail);
  return () => {
    stopped = true;
    cancel();
    close();
  };
}

function stateOf(fault: unknown): ScanState {
  if (!(fault instanceof DOMException)) return 'failed';
  if (fault.name === 'NotAllowedError' || fault.name === 'SecurityError') return 'denied';
  return fault.name === 'NotFoundError' || fault.name === 'OverconstrainedError' ? 'missing' : 'failed';
}
