import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Removes __proto__ from the message, not from what is in it, and goes on merging.';
export const caughtBy = ['json-deep-nesting', 'json-proto'];

type Members = Record<string, unknown>;

function merge(target: Members, source: Members): Members {
  for (const [key, value] of Object.entries(source)) {
    const isMembers = typeof value === 'object' && value !== null;
    const inside = (target[key] ?? (Array.isArray(value) ? [] : {})) as Members;
    target[key] = isMembers ? merge(inside, value as Members) : value;
  }
  return target;
}

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: maxBodyBytes });
  return (request, response, next) => {
    if (request.is('application/json') === false) return next(new HttpError(415, 'Not JSON.'));
    return parse(request, response, (error?: unknown) => {
      if (error) return next(error);
      const body = (request.body ?? {}) as Members;
      delete body['__proto__'];
      delete body['constructor'];
      request.body = merge({ jsonrpc: '2.0' }, body);
      return next();
    });
  };
};
