import type { Plugin } from 'vite';

/** Gives each page, and the embed's script, its public address while developing, as the server does once it is built. */
export function pageAddresses(pages: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'vitrine-page-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [address = '', query] = (request.url ?? '').split('?');
        if (address === '/sdk/vitrine.js') request.url = '/scenes/entry-element.ts';
        const page = pages[address] ?? pages[`${address}/`];
        if (page) request.url = `/${page}${query ? `?${query}` : ''}`;
        next();
      });
    },
  };
}
