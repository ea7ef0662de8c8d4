/**
 * Serves the built page and the lab behind it. The page shows what hostile servers answer, so it is
 * given no way to run or load anything that is not its own (Content Security Policy Level 3), and
 * only a browser that asked for this machine by its name gets the page, which holds the lab's token.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import helmet from 'helmet';
import type { LabServer } from './lab.ts';

/** @param folder of the built page */
export function createPageServer(lab: LabServer, folder: string): Express {
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    response.set('cross-origin-resource-policy', 'same-origin');
    if (lab.gatekeeper.knowsHost(request)) next();
    else response.status(403).type('text').send('The workbook is not reached under this name.\n');
  });
  app.use(
    compression({
      filter: (request, response) => !isStream(response) && compression.filter(request, response),
    }),
  );
  app.use('/lab', (request, response) => lab.answer(request, response));
  app.use((_request, response, next) => {
    nonces.set(response, randomBytes(16).toString('base64'));
    next();
  });
  app.use(securityHeaders);
  app.get(['/', '/index.html'], (_request, response) => {
    response.set('cache-control', 'no-store').type('html');
    const meta = { 'lab-token': lab.gatekeeper.token, 'style-nonce': nonceOf(response) };
    response.send(withMeta(page, meta));
  });
  // Names in here hold a hash of the content.
  app.use(
    '/assets',
    express.static(path.join(folder, 'assets'), { immutable: true, maxAge: '1y' }),
  );
  app.use(express.static(folder, { index: false }));
  app.use(plainError);
  return app;
}

/** Express would show the stack, and with it where the workbook lies. It knows errors by four parameters. */
const plainError: ErrorRequestHandler = (error, _request, response, _next) => {
  const { status } = error as { status?: unknown };
  const isAskers = typeof status === 'number' && status >= 400 && status < 500;
  if (!isAskers) console.error(error);
  if (response.headersSent) response.end();
  else
    response
      .status(isAskers ? status : 500)
      .type('text')
      .send('This could not be answered.\n');
};

/** Lines are read as they come, and must not wait for enough of them to compress. */
const isStream = (response: Response): boolean =>
  String(response.getHeader('content-type')).includes('ndjson');

/** With which the editor puts its style sheet into the page; another one for each response. */
const nonces = new WeakMap<object, string>();
const nonceOf = (response: object): string => nonces.get(response) ?? '';

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response)}'`],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  // Plain HTTP on loopback; a browser would ignore it.
  strictTransportSecurity: false,
});

/** Values are base64 or base64url, and need no escaping. */
function withMeta(html: string, values: Record<string, string>): string {
  const tags = Object.entries(values).map(
    ([name, content]) => `<meta name="${name}" content="${content}" />`,
  );
  return html.replace('</head>', `${tags.join('')}</head>`);
}
