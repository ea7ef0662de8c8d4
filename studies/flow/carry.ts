/** What a walk keeps of an answer. */
import { describeReply } from '../../catalogue/attacks/replies.ts';
import type { LabReply } from '../../lab/protocol.ts';
import { decodeToken } from '../../shared/decode-token.ts';
import type { Carried } from './shared.ts';

export const members = (reply: LabReply): Record<string, unknown> =>
  (reply.json ?? {}) as Record<string, unknown>;

export function errorOf(reply: LabReply): string {
  const { error } = members(reply);
  return typeof error === 'string' ? error : describeReply(reply);
}

/** The values that are there, with JWTs decoded. */
export function carry(values: Record<string, unknown>): Carried[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [{ name, value: text, ...(name === 'access_token' ? decodedJwt(text) : {}) }];
  });
}

export function decodedJwt(token: string): Pick<Carried, 'decoded'> {
  const decoded = decodeToken(token);
  return decoded ? { decoded } : {};
}
