/** The lab in Vite's development server, for those who change the page itself. */
import type { Plugin } from 'vite';
import type { LabServer } from './lab.ts';

export function devPlugin(lab: LabServer): Plugin {
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
