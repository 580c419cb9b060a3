import { systemClock } from '../../server/core/clock.ts';
import { systemRandom } from '../../server/core/random.ts';
import type { EnrolmentLink, RunningServer } from '../../server/server-config.ts';
import { startServer } from '../../server/start-server.ts';
import type { FoundModel } from '../models/find-models.ts';
import { collectionsDir, webDir } from '../support/paths.ts';
import { modelFileOf } from './model-file.ts';
import type { StartOptions } from './start-options.ts';

interface Run {
  readonly options: StartOptions;
  readonly models: readonly FoundModel[];
  readonly tls: { readonly cert: string; readonly key: string; readonly rootCert: string } | undefined;
  readonly publicUrl: string;
  readonly version: string;
}

/** Serves until it is asked to stop (Ctrl-C or SIGTERM), and prints where to begin. */
export async function runServer({ options, models, tls, publicUrl, version }: Run): Promise<number> {
  const face = models.find(({ spec }) => spec.id === 'face');
  const server = await startServer({
    port: options.port,
    host: options.lan ? '0.0.0.0' : '127.0.0.1',
    dataDir: options.dataDir,
    databaseUrl: process.env['DATABASE_URL'],
    webDir,
    collectionsDir,
    models: face ? { face: await modelFileOf(face) } : null,
    publicUrl,
    // While developing, the pages come from Vite's port.
    ...(options.publicUrl ? { allowedOrigins: [options.publicUrl] } : {}),
    tls,
    version,
    log: { level: options.logLevel },
    clock: systemClock,
    random: systemRandom,
  });
  await printWelcome(server, options, tls !== undefined);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  console.log('\nClosing …');
  await server.close();
  return 0;
}

/** Prints the addresses, each good for one device, and the demo advisors' PINs. */
async function printWelcome(server: RunningServer, options: StartOptions, secure: boolean): Promise<void> {
  const lines: string[] = ['', `Vitrine serves ${server.publicUrl}`, ''];
  for (const house of server.houses) {
    const [store] = house.stores;
    if (!store) continue;
    const link = (role: 'kiosk' | 'tablet' | 'console', name: string): Promise<EnrolmentLink> =>
      server.createEnrolmentLink({ maisonId: house.maisonId, storeId: store.id, role, name });
    const kiosk = await link('kiosk', 'Mirror by the window');
    const tablet = await link('tablet', 'Tablet one');
    const stock = await link('console', 'Stock page');
    lines.push(
      `${house.maisonName}, ${store.name} (${store.city})`,
      `  kiosk    ${kiosk.url}`,
      `  advisor  ${tablet.url}   demo PIN ${house.demoPin}`,
      `  stock    ${stock.url}`,
      '',
    );
  }
  lines.push(`Embed demo: ${server.publicUrl}/embed/`);
  lines.push(
    'Each link enrols one browser, once, within four hours; enrolled ones stay enrolled. More: start again.',
  );
  if (secure) {
    lines.push(
      '',
      `Tablet and kiosk must trust this server once: open ${server.publicUrl}/vitrine-root.crt on each and install it as a`,
      'certificate authority (Android: Settings, Security, Install a certificate; iPadOS: install the profile, then turn it',
      'on under General, About, Certificate Trust Settings; Chromium: Settings, Security, Manage certificates, Authorities).',
      `It was made on this machine and its key stays here, in ${options.dataDir}/tls.`,
    );
  }
  console.log(lines.join('\n'));
}
