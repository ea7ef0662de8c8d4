/**
 * What only a server on this machine is asked: whether it lets in what it should keep out. Each is
 * one request, with nothing in it that could do harm if it were let in.
 */
import { withoutToken, type Asker, type Caller } from './asker.ts';
import type { Post } from './json-rpc.ts';
import { challengeIn, resourceMetadata, serverMetadata } from './read-seen.ts';
import { FOREIGN_HOST, type Probe } from './seen.ts';

const attack = { isAttack: true };
const LONG = 16 * 1024 * 1024;

/** @param callers one for each era that the server speaks */
export async function probeAttacks(asker: Asker, callers: Caller[]): Promise<void> {
  for (const caller of callers) {
    const era = caller.speaks ?? 'legacy';
    await asker.post(`${era} foreign host`, caller, asker.harmless(caller), {
      ...attack,
      headers: TO_FOREIGN_HOST,
    });
    const stranger = { ...withoutToken(caller), token: 'made-up-by-the-audit-of-the-workbook' };
    await asker.post(`${era} made-up token`, stranger, asker.harmless(stranger), attack);
  }
  await probePoisoning(asker);
  const [caller] = callers;
  if (!caller) return;
  await probeTokens(asker, caller);
  const long = await asker.post('long body', caller, pad(asker.harmless(caller)), attack);
  if (long.kind === 'silence' && long.isEnded) {
    await asker.post('after the long body', caller, asker.harmless(caller));
  }
}

/** Where the protocol has room for anything, so that length is all that is wrong with it. */
function pad({ headers, body }: Post): Post {
  const message = JSON.parse(body) as { params?: Record<string, object> };
  const meta = { ...message.params?.['_meta'], 'workbook.audit/padding': 'a'.repeat(LONG) };
  const params = { ...message.params, ['_meta']: meta };
  return { headers, body: JSON.stringify({ ...message, params }) };
}

const TO_FOREIGN_HOST = { host: FOREIGN_HOST };
const FORWARDED_FROM = { 'x-forwarded-host': FOREIGN_HOST, forwarded: `host=${FOREIGN_HOST}` };

/** Whether documents, or the challenge that leads to them, say what the request says. */
async function probePoisoning(asker: Asker): Promise<void> {
  const askBoth = async (what: string, url: URL | undefined): Promise<void> => {
    const [host, forwarded] = [
      `${what} for a foreign host` as Probe,
      `${what} for a forwarded host` as Probe,
    ];
    if (url?.origin !== asker.url.origin)
      return asker.skip('There is no document of this server’s own.', host, forwarded);
    await asker.ask(host, { url, ...attack, headers: TO_FOREIGN_HOST });
    await asker.ask(forwarded, { url, ...attack, headers: FORWARDED_FROM });
  };
  const found = resourceMetadata(asker.answers);
  await askBoth('metadata', found && asker.urls.get(found.probe));
  const isDescribed = serverMetadata(asker.answers) !== undefined;
  await askBoth('server metadata', isDescribed ? asker.urls.get('server metadata') : undefined);

  const challenges = ['challenge for a foreign host', 'challenge for a forwarded host'] as const;
  if (!challengeIn(asker.answers)) {
    return asker.skip('No request was answered with 401.', ...challenges);
  }
  const nobody: Caller = { speaks: undefined };
  for (const [probe, headers] of [
    [challenges[0], TO_FOREIGN_HOST],
    [challenges[1], FORWARDED_FROM],
  ] as const) {
    await asker.post(probe, nobody, asker.harmless(nobody), { ...attack, headers });
  }
}

async function probeTokens(asker: Asker, caller: Caller): Promise<void> {
  const { token } = caller;
  if (token === undefined) {
    return asker.skip(
      'With --token or --sign-in this can be seen.',
      'altered token',
      'token in the query',
    );
  }
  const forger = { ...caller, token: alter(token) };
  await asker.post('altered token', forger, asker.harmless(forger), attack);

  const url = new URL(asker.url);
  url.searchParams.set('access_token', token);
  const careless = withoutToken(caller);
  await asker.post('token in the query', careless, asker.harmless(careless), { ...attack, url });
}

/** Another character in the middle of the last part: of a JWT, its signature. */
export function alter(token: string): string {
  const begin = token.lastIndexOf('.') + 1;
  const at = begin + Math.floor((token.length - begin) / 2);
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}
