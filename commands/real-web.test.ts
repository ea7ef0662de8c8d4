/** What `--client-documents` lets out of this machine, tried with a resolver and a server of our own. */
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../solutions/02-client-registration/client-document.ts';
import { openRealWeb } from './real-web.ts';
import { makeCertificate } from './tls.ts';

let server: Server;
let ca: string;
let port: number;
let answer: RequestListener;
let asked = 0;
let resolved: string[];
beforeAll(async () => {
  const certificate = await makeCertificate();
  ca = certificate.cert;
  server = createServer(certificate, (request, response) => {
    asked++;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = 0;
  resolved = ['127.0.0.1'];
  answer = (_request, response) =>
    void response.setHeader('content-type', 'application/json').end('{"a":1}');
});

const openWeb = (isAllowed: (address: string) => boolean = () => true) =>
  openRealWeb({ resolve: async () => resolved, isAllowed, ca });
// The certificate names localhost; the resolver above says where that is.
const url = () => `https://localhost:${port}/client.json`;

test('fetches a document over https', async () => {
  expect(await (await openWeb().fetch(url())).json()).toEqual({ a: 1 });
});

test('reaches the address it was given, and does not ask for another', async () => {
  resolved = ['127.0.0.2'];
  const { status } = await openWeb().fetch(url(), { address: '127.0.0.1' });
  expect(status).toBe(200);
});

describe('asks nobody', () => {
  test.each([
    ['http://localhost/client.json'],
    ['https://user@localhost/client.json'],
    ['file:///etc/hosts'],
    ['data:application/json,{}'],
  ])('for %s', async (address) => {
    await expect(openWeb().fetch(address)).rejects.toThrow();
    expect(asked).toBe(0);
  });

  test.each([
    [['127.0.0.1']],
    [['93.184.215.14', '10.0.0.5']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [[]],
  ])('at %j', async (addresses) => {
    resolved = addresses;
    await expect(openWeb(isPublicAddress).fetch(url())).rejects.toThrow('public');
    expect(asked).toBe(0);
  });

  test('at an address that only the caller thinks well of', async () => {
    resolved = ['93.184.215.14'];
    const web = openWeb(isPublicAddress);
    await expect(web.fetch(url(), { address: '127.0.0.1' })).rejects.toThrow('public');
    await expect(web.fetch(`https://127.0.0.1:${port}/client.json`)).rejects.toThrow('public');
    expect(asked).toBe(0);
  });
});

describe('takes no answer', () => {
  test('that leads elsewhere; shown it is, if asked for, and not followed', async () => {
    answer = (_request, response) => void response.writeHead(302, { location: url() }).end('{}');
    await expect(openWeb().fetch(url())).rejects.toThrow('Redirects');
    const moved = await openWeb().fetch(url(), { redirect: 'manual' });
    expect(moved.status).toBe(302);
    expect(moved.headers.get('location')).not.toBeNull();
    expect(asked).toBe(2);
  });

  test('that is not JSON', async () => {
    answer = (_request, response) =>
      void response.setHeader('content-type', 'text/html').end('<p>{}');
    await expect(openWeb().fetch(url())).rejects.toThrow('JSON');
  });

  test('that is too long, or does not end', async () => {
    let written = 0;
    answer = (_request, response) => {
      response.setHeader('content-type', 'application/json');
      const more = (): void => {
        if (response.destroyed || written > 64 * 1024 * 1024) return;
        written += 16_384;
        response.write(' '.repeat(16_384), () => setImmediate(more));
      };
      more();
    };
    await expect(openWeb().fetch(url())).rejects.toThrow('too long');
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  test('after the caller has given up', async () => {
    answer = () => undefined;
    const signal = AbortSignal.timeout(50);
    await expect(openWeb().fetch(url(), { signal })).rejects.toThrow();
  });

  test('of a server whose certificate is not for that name', async () => {
    const web = openRealWeb({ resolve: async () => resolved, isAllowed: () => true, ca });
    await expect(web.fetch(`https://client.example:${port}/client.json`)).rejects.toThrow();
    expect(asked).toBe(0);
  });
});
