import { createHash, randomUUID } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'The state is an encrypted JWT (A256GCM), so that its client cannot read it.';

const about = ({ actor, tool, arguments: args, question }: AskedCall): string =>
  JSON.stringify({ issuer: actor?.issuer, subject: actor?.subject, tool, args, question });

export const createStateSeal: CreateStateSeal = (key) => {
  const secret = createHash('sha256').update('confirmations').update(key).digest();
  const used = new Map<string, number>();
  return {
    seal: (asked) =>
      new EncryptJWT({ about: about(asked), jti: randomUUID() })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime('300 s')
        .encrypt(secret),
    async open(state, asked) {
      const opened = await jwtDecrypt(state, secret, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp', 'jti'],
      }).catch(() => undefined);
      const { about: sealed, jti = '', exp = 0 } = opened?.payload ?? {};
      if (sealed !== about(asked) || used.has(jti)) {
        throw new InvalidInputError('There is no such question.');
      }
      used.set(jti, exp);
      for (const [id, end] of used) if (end * 1000 < Date.now() - 1000) used.delete(id);
    },
  };
};
