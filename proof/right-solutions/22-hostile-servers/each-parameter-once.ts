import { createHash, timingSafeEqual } from 'node:crypto';
import type { AcceptCallback } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'No parameter may come twice, texts are compared by their hashes, and the right server’s words are shown.';

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
};

export const acceptCallback: AcceptCallback = (parameters, { plan, state }) => {
  const sent = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (sent.has(name)) throw new RefusedError('A parameter came twice.');
    sent.set(name, value);
  }
  const [iss, given] = [sent.get('iss'), sent.get('state') ?? ''];
  const isAnswer = isSame(given, state);
  const isOurs = iss === undefined ? !plan.promisesIssuer : isSame(iss, plan.issuer);
  if (!isAnswer || !isOurs) throw new RefusedError('Somebody else answered.');
  const code = sent.get('code');
  if (code !== undefined && !sent.has('error')) return code;
  const words = sent.get('error_description') ?? sent.get('error') ?? 'nothing';
  throw new RefusedError(`The server at ${plan.issuer} said: ${words}`);
};
