import { useEffect, useRef, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { CodeKind } from '../../sdk/codes/read-code.ts';
import { startScan, type ScanState } from '../../sdk/codes/scan-camera.ts';
import { useTablet } from '../app/tablet.ts';

/** Opens the tablet's camera on a code, by a touch and for as long as its sheet is open. Where nothing can see, typing remains. */
export function ScanCode({
  kind,
  isDisabled,
  onText,
}: {
  readonly kind: CodeKind;
  readonly isDisabled: boolean;
  /** Takes what was read; false where it is not what was looked for, and the camera looks on. */
  readonly onText: (text: string) => boolean;
}) {
  const { say } = useTablet().voice;
  const [open, setOpen] = useState(false);
  if (!('mediaDevices' in navigator)) return null;
  return (
    <>
      <Button
        className={kind === 'mark' ? 'primary scan-open' : 'secondary small scan-open'}
        isDisabled={isDisabled}
        onPress={() => setOpen(true)}
      >
        {say(`scan.open.${kind}`)}
      </Button>
      <ModalOverlay className="veil" isOpen={open} onOpenChange={setOpen} isDismissable>
        <Modal className="sheet sheet-small">
          <Dialog className="scan">
            <Heading slot="title">{say(`scan.title.${kind}`)}</Heading>
            <Finder
              kind={kind}
              onText={(text) => {
                const taken = onText(text);
                if (taken) setOpen(false);
                return taken;
              }}
            />
            <Button className="secondary" onPress={() => setOpen(false)}>
              {say('scan.close')}
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function Finder({ kind, onText }: { readonly kind: CodeKind; readonly onText: (text: string) => boolean }) {
  const { clock, voice } = useTablet();
  const video = useRef<HTMLVideoElement>(null);
  const take = useRef(onText);
  const [state, setState] = useState<ScanState>('opening');
  const [foreign, setForeign] = useState(false);
  useEffect(() => {
    take.current = onText;
  });
  useEffect(() => {
    if (!video.current) return undefined;
    return startScan(video.current, {
      kind,
      clock,
      onState: setState,
      onText: (text) => setForeign(!take.current(text)),
    });
  }, [kind, clock]);
  const seen = state === 'opening' || state === 'looking';
  const words = state === 'looking' && foreign ? 'foreign' : state;
  return (
    <>
      {/* Nothing is to be heard in it, and what is to be seen is in front of the tablet. */}
      <video ref={video} className="scan-view" muted playsInline hidden={!seen} aria-hidden="true" />
      <p role="status">
        {words === 'opening' || words === 'looking' || words === 'foreign'
          ? voice.say(`scan.${words}.${kind}`)
          : voice.say(kind === 'list' ? 'scan.unseen' : `scan.${words}`)}
      </p>
      <p className="help">{voice.say('scan.help')}</p>
    </>
  );
}
