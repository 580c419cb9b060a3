import path from 'node:path';
import type { Plugin } from 'vite';

/** Gives each page, and each script of the embed, its public address while developing, as the server does once it is built. */
export function pageAddresses(pages: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'vitrine-page-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [address = '', query] = (request.url ?? '').split('?');
        if (address === '/sdk/vitrine.js') request.url = '/scenes/entry-element.ts';
        if (address === '/sdk/boutique.js') request.url = '/sdk/activation/boutique-element.ts';
        const page = pages[address] ?? pages[`${address}/`];
        if (page) request.url = `/${page}${query ? `?${query}` : ''}`;
        next();
      });
    },
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path: page, server }) {
        return server ? withRootedAddresses(html, page) : undefined;
      },
    },
  };
}

/**
 * A page's own files lie beside it, but while developing it is shown at an address elsewhere: its `./main.tsx` becomes
 * `/kiosk/main.tsx`.
 */
export function withRootedAddresses(html: string, page: string): string {
  const folder = path.posix.dirname(page);
  return html.replaceAll(
    /\b(src|href)="\.\/([^"]+)"/g,
    (_match, name: string, file: string) => `${name}="${path.posix.join('/', folder, file)}"`,
  );
}
