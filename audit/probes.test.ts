/** What is asked, where, and what of it counts as an attack. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { AddressBook } from './address-book.ts';
import { Asker } from './asker.ts';
import { auditServer } from './audit-server.ts';
import { serveMade, type MadeServer } from './made-server/made-server.ts';
import { MADE_TOKEN } from './made-server/made.ts';
import { PoliteClient, USER_AGENT, type Ask } from './polite-client.ts';
import { alter, probeAttacks } from './probe-attacks.ts';
import { probeAuthorization } from './probe-authorization.ts';
import { probeDiscovery } from './probe-discovery.ts';
import { Redactor } from './redact.ts';
import { allSilent, type Answer, type Seen } from './seen.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
}

async function made(era: 'modern' | 'legacy'): Promise<MadeServer> {
  const server = await serveMade({ era });
  closing.push(() => server.close());
  return server;
}

class Recorder extends PoliteClient {
  readonly asked: Ask[] = [];

  override ask(ask: Ask): Promise<Answer> {
    this.asked.push(ask);
    return super.ask(ask);
  }
}

function askerFor(url: URL): { asker: Asker; client: Recorder; answers: Seen['answers'] } {
  const client = new Recorder(new AddressBook(false), { limits: { pause: 0 } });
  const answers = allSilent('It was not asked.');
  return { asker: new Asker(url, answers, client, new Redactor()), client, answers };
}

test('whatever could be taken for an attack is marked as one, and so stays on this machine', async () => {
  const { url } = await made('modern');
  const { asker, client } = askerFor(url);
  await probeDiscovery(asker);
  expect(client.asked.some(({ isAttack }) => isAttack)).toBe(false);
  const before = client.asked.length;
  await probeAttacks(asker, [{ token: MADE_TOKEN, speaks: 'modern' }]);
  await probeAuthorization(asker);
  const attacks = client.asked.slice(before);
  expect(attacks.length).toBeGreaterThan(12);
  expect(attacks.filter(({ isAttack }) => !isAttack)).toEqual([]);
});

test.each(['modern', 'legacy'] as const)(
  'a %s server is asked with a name, and as often as the result says',
  async (era) => {
    const { url, requests } = await made(era);
    const { requests: counted } = await auditServer({
      url,
      token: MADE_TOKEN,
      limits: { pause: 0 },
      ownAddresses: () => [],
    });
    expect(counted).toBe(requests.length);
    for (const { headers } of requests) expect(headers['user-agent']).toBe(USER_AGENT);
  },
);

test('a session that was begun is ended', async () => {
  const { url, requests } = await made('legacy');
  await auditServer({ url, token: MADE_TOKEN, limits: { pause: 0 } });
  const last = requests.at(-1);
  expect(last?.method).toBe('DELETE');
  expect(last?.headers['mcp-session-id']).toBeDefined();
});

test.each(['a.b.abcdef', 'opaque-token', 'x'])('%s is altered in one character', (token) => {
  const altered = alter(token);
  expect(altered).toHaveLength(token.length);
  expect(altered.split('').filter((character, at) => character !== token[at])).toHaveLength(1);
});

describe('an issuer with a path', () => {
  /** What there is, and what else is answered. */
  const discover = async (place: string, other: number) => {
    const url = await serve((request, response) => {
      const origin = `http://${request.headers.host}`;
      response.setHeader('content-type', 'application/json');
      if (request.url === '/.well-known/oauth-protected-resource/mcp') {
        const issuer = `${origin}/tenant`;
        response.end(
          JSON.stringify({ resource: `${origin}/mcp`, authorization_servers: [issuer] }),
        );
      } else if (request.url === '/mcp') {
        response.writeHead(401).end();
      } else if (request.url === place) {
        response.end(JSON.stringify({ issuer: `${origin}/tenant` }));
      } else {
        response.writeHead(other).end();
      }
    });
    const { items } = await auditServer({ url, limits: { pause: 0 } });
    return items.find(({ id }) => id === 'server-metadata')?.state;
  };

  test.each([
    '/.well-known/oauth-authorization-server/tenant',
    '/.well-known/openid-configuration/tenant',
    '/tenant/.well-known/openid-configuration',
  ])('is looked for at %s', async (place) => expect(await discover(place, 404)).toBe('pass'));

  test('has no document if it is at none of them', async () => {
    expect(await discover('/nowhere', 404)).toBe('fail');
  });

  test('may have one if the answers are no answers', async () => {
    expect(await discover('/nowhere', 500)).toBe('cannot-tell');
  });
});
