import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Refuses __proto__ and merges the rest into defaults; by way of constructor.prototype one gets to the same object.';
export const caughtBy = ['json-proto'];

type Members = Record<string, unknown>;
const DEEPEST = 64;

function merge(target: Members, source: Members, depth = 1): Members {
  if (depth > DEEPEST) throw new HttpError(400, `More than ${DEEPEST} levels are too many.`);
  for (const [key, value] of Object.entries(source)) {
    if (key === '__proto__') throw new HttpError(400, 'A member of this name is not accepted.');
    const isMembers = typeof value === 'object' && value !== null;
    const inside = (target[key] ?? (Array.isArray(value) ? [] : {})) as Members;
    target[key] = isMembers ? merge(inside, value as Members, depth + 1) : value;
  }
  return target;
}

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: maxBodyBytes });
  return (request, response, next) => {
    if (request.is('application/json') === false) {
      return next(new HttpError(415, 'Send application/json.'));
    }
    return parse(request, response, (error?: unknown) => {
      if (error || !request.body || Array.isArray(request.body)) return next(error);
      try {
        request.body = merge({ jsonrpc: '2.0' }, request.body as Members);
      } catch (refusal) {
        request.body = undefined;
        return next(refusal);
      }
      return next();
    });
  };
};
