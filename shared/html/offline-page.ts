/**
 * One page of HTML that needs no network and no script. What it quotes may be an attacker's, so every
 * value goes through the escaping tag, and a policy forbids everything but the style.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { html, ours, type Html } from './html.ts';

export const offlinePage = (title: string, main: Html): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="content-security-policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${readStyle()}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html> `.text;

const readStyle = (): Html =>
  ours(readFileSync(path.join(import.meta.dirname, 'report.css'), 'utf8'));
