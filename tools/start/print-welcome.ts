import type { EnrolmentLink, RunningServer } from '../../server/server-config.ts';

/** Of a server with a certificate of this machine's own. */
export interface LocalTrust {
  /** Where devices fetch the root certificate. */
  readonly rootUrl: string;
  /** Where its key lies. */
  readonly keyDir: string;
}

/** Prints the addresses, each good for one device, and the demo advisors' PINs. */
export async function printWelcome(server: RunningServer, trust: LocalTrust | undefined): Promise<void> {
  const lines: string[] = ['', `Vitrine serves ${server.publicUrl}`, ''];
  for (const house of server.houses) {
    const [store] = house.stores;
    if (!store) continue;
    const link = (role: 'kiosk' | 'tablet' | 'console', name: string): Promise<EnrolmentLink> =>
      server.createEnrolmentLink({ maisonId: house.maisonId, storeId: store.id, role, name });
    const kiosk = await link('kiosk', 'Mirror by the window');
    const tablet = await link('tablet', 'Tablet one');
    const office = await link('console', 'Back office');
    lines.push(
      `${house.maisonName}, ${store.name} (${store.city})`,
      `  kiosk    ${kiosk.url}`,
      `  advisor  ${tablet.url}   demo PIN ${house.demoPin}`,
      `  console  ${office.url}`,
      '',
    );
  }
  lines.push(`Embed demo: ${server.publicUrl}/embed/`);
  lines.push(
    'Each link enrols one browser, once, within four hours; enrolled ones stay enrolled. More: start again.',
  );
  if (trust) {
    lines.push(
      '',
      `Tablet and kiosk must trust this server once: open ${trust.rootUrl} on each and install it as a`,
      'certificate authority (Android: Settings, Security, Install a certificate; iPadOS: install the profile, then turn it',
      'on under General, About, Certificate Trust Settings; Chromium: Settings, Security, Manage certificates, Authorities).',
      `It was made on this machine and its key stays here, in ${trust.keyDir}. More: docs/operations.md.`,
    );
  }
  lines.push('', 'Ctrl-C closes the house.');
  console.log(lines.join('\n'));
}
