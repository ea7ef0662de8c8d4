/** The lab in Vite's development server, for those who change the page itself. */
import type { Plugin } from 'vite';
import type { Lab } from './lab.ts';

export function devPlugin(lab: Lab): Plugin {
  return {
    name: 'workbook-lab',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { name: 'lab-token', content: lab.gatekeeper.token },
        injectTo: 'head',
      },
    ],
    configureServer(server) {
      server.middlewares.use('/lab', (request, response, next) =>
        lab.answer(request, response, next),
      );
    },
  };
}
