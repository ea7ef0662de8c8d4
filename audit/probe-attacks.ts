/**
 * What only a server on this machine is asked: whether it lets in what it should keep out. Each is
 * one request, with nothing in it that could do harm if it were let in.
 */
import type { Asker, Caller } from './asker.ts';
import type { Post } from './json-rpc.ts';
import { foundMetadataUrl } from './probe-discovery.ts';
import { FOREIGN_HOST } from './seen.ts';

const attack = { isAttack: true };
const LONG = 16 * 1024 * 1024;

export async function probeAttacks(asker: Asker, caller: Caller): Promise<void> {
  await asker.post('foreign host', caller, asker.harmless(caller), {
    ...attack,
    headers: { host: FOREIGN_HOST },
  });
  await probePoisoning(asker);
  await probeTokens(asker, caller);
  await asker.post('long body', caller, pad(asker.harmless(caller)), attack);
}

/** Where the protocol has room for anything, so that length is all that is wrong with it. */
function pad({ headers, body }: Post): Post {
  const message = JSON.parse(body) as { params?: Record<string, object> };
  const meta = { ...message.params?.['_meta'], 'workbook.audit/padding': 'a'.repeat(LONG) };
  const params = { ...message.params, ['_meta']: meta };
  return { headers, body: JSON.stringify({ ...message, params }) };
}

/** Whether a document says what the request says. */
async function probePoisoning(asker: Asker): Promise<void> {
  const url = foundMetadataUrl(asker);
  const [host, forwarded] = [
    'metadata for a foreign host',
    'metadata for a forwarded host',
  ] as const;
  if (!url) return asker.skip('There is no metadata of this server’s own.', host, forwarded);
  await asker.ask(host, { url, ...attack, headers: { host: FOREIGN_HOST } });
  await asker.ask(forwarded, {
    url,
    ...attack,
    headers: { 'x-forwarded-host': FOREIGN_HOST, forwarded: `host=${FOREIGN_HOST}` },
  });
}

async function probeTokens(asker: Asker, caller: Caller): Promise<void> {
  const stranger = { ...caller, token: 'made-up-by-the-audit-of-the-workbook' };
  await asker.post('made-up token', stranger, asker.harmless(stranger), attack);
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
  const careless = { ...caller, token: undefined };
  await asker.post('token in the query', careless, asker.harmless(careless), { ...attack, url });
}

/** Another character in the middle of the last part: of a JWT, its signature. */
export function alter(token: string): string {
  const begin = token.lastIndexOf('.') + 1;
  const at = begin + Math.floor((token.length - begin) / 2);
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}
