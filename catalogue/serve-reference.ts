/** The reference server on loopback, or the insecure one, in the process of a test. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { weatherServerConfig } from '../exercises/weather-server/config.ts';
import type { ServerConfig } from '../exercises/weather-server/controls.ts';
import { createWeatherServer } from '../exercises/weather-server/server.ts';
import { createKeyRing } from '../exercises/weather-server/signing-keys.ts';
import { createWorld, type WholeWorld } from '../exercises/weather-server/world/world.ts';
import { fieldsOf } from './attacks/oauth-client.ts';
import { composeControls } from '../lab/controls/compose-controls.ts';
import { mint } from '../lab/mint.ts';
import { importRunKeys, makeRunKeys } from '../lab/run-keys.ts';

export interface ServedReference {
  config: ServerConfig;
  world: WholeWorld;
  /** A valid access token for `subject`. */
  token(subject: string, scope?: string): Promise<string>;
  close(): Promise<void>;
}

export const serveReference = (): Promise<ServedReference> => serve('reference');
export const serveBaseline = (): Promise<ServedReference> => serve('baseline');

async function serve(kind: 'reference' | 'baseline'): Promise<ServedReference> {
  const world = createWorld();
  const controls = await composeControls(
    { kind },
    {
      fault(control, message) {
        throw new Error(`${control}: ${message}`);
      },
    },
  );
  const server = createServer((request, response) => app(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const config = weatherServerConfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const keys = await makeRunKeys();
  const { issuer, resource } = config;
  const ring = createKeyRing(await importRunKeys(keys));
  const app = createWeatherServer(controls, world, config, ring);
  return {
    config,
    world,
    token: (subject, scope = 'weather:admin') =>
      mint({ claims: { scope } }, { keys, issuer, resource, oob: '', now: Date.now(), subject }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        world.close();
      }),
  };
}

/** What the user's browser does: opens the page, agrees as alice, and follows no redirect. */
export async function agreeInBrowser(authorizationUrl: URL): Promise<URL> {
  const page = await fetch(authorizationUrl, { redirect: 'manual' });
  const fields = fieldsOf(await page.text());
  const answer = await fetch(new URL('/authorize', authorizationUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: page.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
    },
    body: new URLSearchParams([...fields, ['user', 'alice'], ['decision', 'allow']]),
  });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`no redirect: ${answer.status} ${await answer.text()}`);
  return new URL(location);
}

/** The lines of the log about one request; those about refusals come just after the answer. */
export async function auditLinesOf(
  { world }: ServedReference,
  requestId: string,
): Promise<string[]> {
  const find = (): string[] =>
    world.tape
      .entries()
      .flatMap((entry) =>
        entry.kind === 'audit' && entry.line.includes(requestId) ? [entry.line] : [],
      );
  for (let turn = 0; turn < 20 && find().length === 0; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return find();
}
