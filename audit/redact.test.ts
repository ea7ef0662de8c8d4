import { expect, test } from 'vitest';
import { Redactor } from './redact.ts';
import { reply } from './seen-for-tests.ts';

const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRva2Vu/+=';
const redactor = new Redactor();
redactor.add(TOKEN);

test.each([
  ['whole', `{"token": "${TOKEN}"}`],
  ['as a parameter of an address', `?access_token=${encodeURIComponent(TOKEN)}&x=1`],
  ['a part of it', TOKEN.split('.')[2] ?? ''],
  ['where reading stopped', `the token is ${TOKEN.slice(0, 50)}`],
])('a token is taken out: %s', (_how, body) => {
  const cleaned = redactor.clean(reply(200, body, { echo: TOKEN }));
  const text = JSON.stringify(cleaned);
  for (const part of TOKEN.split('.')) expect(text).not.toContain(part.slice(0, 12));
  expect(text).toContain('[token]');
});

test('what is no token stays', () => {
  const answer = reply(200, 'eyJ and other words');
  expect(redactor.clean(answer)).toEqual(answer);
});
