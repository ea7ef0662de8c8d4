import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { AskedCall, CreateStateSeal } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'The state is a JWT, signed with HS256, whose claims say what it is about.';

const TYPE = 'confirmation+jwt';

const claimsOf = ({ actor, tool, arguments: args, question }: AskedCall): JWTPayload => ({
  sub: JSON.stringify([actor?.issuer, actor?.subject]),
  asked: JSON.stringify([tool, args, question]),
});

export const createStateSeal: CreateStateSeal = (key) => {
  const used = new Set<string>();
  return {
    seal: (asked) =>
      new SignJWT(claimsOf(asked))
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setJti(randomUUID())
        .setExpirationTime('5 minutes')
        .sign(key),
    async open(state, asked) {
      const { payload } = await jwtVerify(state, key, {
        algorithms: ['HS256'],
        typ: TYPE,
        requiredClaims: ['jti', 'exp'],
      }).catch(() => ({ payload: undefined }));
      const { sub, asked: about } = claimsOf(asked);
      const fits = payload?.sub === sub && payload?.asked === about;
      const jti = payload?.jti;
      if (!fits || jti === undefined || used.has(jti)) {
        throw new InvalidInputError('This confirmation is for something else.');
      }
      used.add(jti);
    },
  };
};
