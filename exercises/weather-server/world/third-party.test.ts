/** Skydiary keeps to what the topic says of it: one client, codes good once, narrower tokens. */
import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { SKYDIARY } from './skydiary.ts';
import { Tape } from './tape.ts';
import { openThirdParty, type WholeThirdParty } from './third-party.ts';

const CALLBACK = 'http://127.0.0.1:3001/authorize/callback';
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
};

let tape: Tape;
let skydiary: WholeThirdParty;
beforeEach(() => {
  tape = new Tape();
  skydiary = openThirdParty(tape);
  skydiary.register(CALLBACK);
});

const addressWith = (changes: Record<string, string> = {}): string => {
  const query = new URLSearchParams({
    client_id: SKYDIARY.clientId,
    redirect_uri: CALLBACK,
    scope: SKYDIARY.scopes.join(' '),
    state: 'a state',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    ...changes,
  });
  return `${SKYDIARY.authorizationEndpoint}?${query}`;
};

const ask = (form: Record<string, string>) =>
  skydiary.answer({
    method: 'POST',
    url: SKYDIARY.tokenEndpoint,
    body: new URLSearchParams({
      client_id: SKYDIARY.clientId,
      client_secret: skydiary.clientSecret,
      ...form,
    }).toString(),
  });

const tokenIn = ({ body }: { body: unknown }): string =>
  String((body as { access_token?: unknown }).access_token);

function redeem(user = 'alice', verifier = VERIFIER) {
  const { location = '' } = skydiary.visit({ url: addressWith(), user, hasAllowed: true });
  const code = new URL(location).searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
  return { code, answer: () => ask({ ...form, code_verifier: verifier }) };
}

const reads = (token: string, url: string = SKYDIARY.entriesUrl): number =>
  skydiary.answer({ url, headers: { Authorization: `Bearer ${token}` } }).status;

test('asks whoever has not let the client in, and sends a no back as well', () => {
  const visit = { url: addressWith(), user: 'alice', hasAllowed: false };
  expect(skydiary.visit(visit)).toEqual({ status: 200 });
  const { location = '' } = skydiary.visit({ ...visit, decision: 'deny' });
  expect(location).toBe(`${CALLBACK}?state=a+state&error=access_denied`);
});

test('sends nobody to an address that is not registered', () => {
  const url = addressWith({ redirect_uri: 'https://evil.example/' });
  expect(skydiary.visit({ url, user: 'alice', hasAllowed: true })).toEqual({ status: 400 });
});

test('takes a code once, and with its verifier', () => {
  expect(redeem('alice', 'another verifier').answer().status).toBe(400);
  const { answer } = redeem();
  expect(answer()).toMatchObject({ status: 200, body: { user_id: 'alice' } });
  expect(answer().status).toBe(400);
});

test('ends the token of before when a user signs in again', () => {
  const first = tokenIn(redeem().answer());
  expect(reads(first)).toBe(200);
  const second = tokenIn(redeem().answer());
  expect([reads(first), reads(second)]).toEqual([401, 200]);
  expect(skydiary.issued()).toEqual([first, second]);
});

test('exchanges a token for one that can do less, and never for more', () => {
  const subject_token = tokenIn(redeem().answer());
  const narrow = { resource: SKYDIARY.entriesUrl, scope: 'entries:read' };
  const token = tokenIn(ask({ ...EXCHANGE, subject_token, ...narrow }));
  expect([reads(token), reads(token, SKYDIARY.accountUrl)]).toEqual([200, 403]);
  const headers = { authorization: `Bearer ${token}` };
  const write = { method: 'POST', url: SKYDIARY.entriesUrl, headers };
  expect(skydiary.answer(write).status).toBe(403);
  const back = { ...EXCHANGE, subject_token: token };
  expect(ask({ ...back, scope: 'entries:write' })).toMatchObject({ status: 400 });
  expect(ask({ ...back, resource: SKYDIARY.accountUrl })).toMatchObject({ status: 400 });
});

test('refuses what it is told to, with a code of its own', () => {
  const subject_token = skydiary.signIn('alice');
  const form = { ...EXCHANGE, subject_token };
  const narrow = { resource: SKYDIARY.entriesUrl, scope: 'entries:read' };
  const token = tokenIn(ask({ ...form, ...narrow }));
  skydiary.refuse('exchanges', 'their_code');
  expect(ask({ ...form, ...narrow })).toMatchObject({ status: 400, body: { error: 'their_code' } });
  skydiary.refuse('audiences');
  expect([ask({ ...form, ...narrow }).status, ask(form).status]).toEqual([400, 200]);
  skydiary.refuse('scopes');
  const { resource } = narrow;
  expect([ask({ ...form, ...narrow }).status, ask({ ...form, resource }).status]).toEqual([
    400, 200,
  ]);
  skydiary.refuse('exchanged tokens');
  expect([reads(token), reads(subject_token)]).toEqual([403, 200]);
  skydiary.refuse('readings');
  expect(reads(subject_token)).toBe(503);
  skydiary.refuse('nothing');
  expect([reads(token), reads(subject_token)]).toEqual([200, 200]);
});

test('says more of an entry than date and text, under a name that nobody knows before', () => {
  skydiary.write('alice', 'It rained.', 'an aside');
  const asked = { url: `${SKYDIARY.entriesUrl}?access_token=${skydiary.signIn('alice')}` };
  const [one, other] = [skydiary.answer(asked), skydiary.answer(asked)].map(({ body }) =>
    Object.keys((body as { entries: object[] }).entries[0] ?? {}),
  );
  expect(one).toHaveLength(4);
  expect(one).not.toEqual(other);
  expect(JSON.stringify(skydiary.answer(asked).body)).toContain('an aside');
});

test('answers nobody before all have asked that ask within one tick, if it takes its time', async () => {
  skydiary.takeTime(true);
  const asking = [1, 2, 3].map(() => skydiary.fetch({ url: SKYDIARY.entriesUrl }));
  await Promise.resolve();
  expect(tape.entries()).toEqual([]);
  await Promise.all(asking);
  expect(tape.entries()).toHaveLength(3);
});

test('writes down all that the server sends, and nothing of others', async () => {
  await skydiary.fetch({ url: SKYDIARY.entriesUrl, headers: { cookie: ['a=1', 'b=2'] } });
  skydiary.answer({ url: SKYDIARY.entriesUrl });
  expect(tape.entries()).toMatchObject([
    { kind: 'third-party', status: 401, shown: `GET ${SKYDIARY.entriesUrl}\ncookie: a=1, b=2\n\n` },
  ]);
});
