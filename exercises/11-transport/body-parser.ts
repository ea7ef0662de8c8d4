import express from 'express';
import type { CreateBodyParser } from '../weather-server/controls.ts';

// Today a body may be of any type, 64 MB long and as deep as it likes, and a message is merged over
// defaults member by member: also over members that every object in this process shares.

/** Copies every member of `source`, and theirs, and so on. */
function mergeDeep(target: Record<string, unknown>, source: Record<string, unknown>): unknown {
  for (const [key, value] of Object.entries(source)) {
    target[key] =
      typeof value === 'object' && value !== null
        ? mergeDeep(
            (target[key] ?? (Array.isArray(value) ? [] : {})) as Record<string, unknown>,
            value as Record<string, unknown>,
          )
        : value;
  }
  return target;
}

// TODO 11: Read `application/json` only (415), `config.maxBodyBytes` at most after decompression
// (413; or take no compressed bodies, and answer 415), and no deeper than a message needs to be
// (400). Nothing in a body may change an object that is not part of it. Hand errors with a `status`
// to `next`.
export const createBodyParser: CreateBodyParser = () => {
  const parse = express.json({ limit: '64mb', type: () => true, strict: false });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      try {
        const isMessage = typeof request.body === 'object' && !Array.isArray(request.body);
        if (isMessage) request.body = mergeDeep({ jsonrpc: '2.0' }, request.body ?? {});
      } catch (mergeError) {
        return next(mergeError);
      }
      return next(error);
    });
};
