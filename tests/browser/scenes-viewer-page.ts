/** What browser tests of the viewer call inside the page; loaded there by the test's page server, never by Node. */
import { mountViewer, type ViewerMount } from '../../scenes/viewer/index.ts';

let mount: ViewerMount | null = null;

function viewer(): ViewerMount {
  if (mount === null) throw new Error('No viewer is mounted.');
  return mount;
}

const driver = {
  async mount(viewPx: number, url: string, variant: string): Promise<void> {
    document.body.innerHTML = `<div id="viewer" style="width:${viewPx}px;height:${viewPx}px"></div>`;
    const container = document.querySelector<HTMLElement>('#viewer');
    if (!container) throw new Error('There is no container.');
    mount = mountViewer(container, {
      label: 'A plain frame',
      theme: { ground: '#ffffff', glow: '#ffffff' },
    });
    await mount.setPiece({ url, variant });
  },
  async show(url: string): Promise<string> {
    try {
      await viewer().setPiece({ url, variant: null });
      return 'shown';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  },
  async rgba(): Promise<number[]> {
    const bitmap = await createImageBitmap(await viewer().capturePng());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    return [...(context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [])];
  },
  stop(): number | undefined {
    viewer().stop();
    return document.querySelector('#viewer')?.childElementCount;
  },
};

/** The driver as the test's page sees it. */
export type ViewerDriver = typeof driver;
Object.assign(globalThis, { viewerPage: driver });
