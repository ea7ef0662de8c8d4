/** The lab in Vite's development server, for those who change the page itself. */
import type { Server } from 'node:http';
import type { Plugin } from 'vite';
import { standInFront } from '../../shared/front-door.ts';
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
      if (!server.httpServer) throw new Error('Vite has no server of its own.');
      standInFront(server.httpServer as Server, { entrance: '/', isOwn: isOfPage });
      server.middlewares.use('/lab', (request, response) => lab.answer(request, response));
    },
  };
}

/** Which files of the project it shows at all is in `vite.config.ts`. */
const isOfPage = (path: string): boolean => path !== '' && !path.startsWith('/__');
