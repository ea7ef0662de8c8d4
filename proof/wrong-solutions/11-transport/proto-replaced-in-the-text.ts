import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Looks for the word __proto__ in the raw text: an escape spells it otherwise, and honest texts may hold it.';
export const caughtBy = ['json-deep-nesting', 'json-proto', 'ordinary-messages-pass'];

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
  const parse = express.json({
    limit: maxBodyBytes,
    verify(_request, _response, bytes) {
      if (/__proto__|"constructor"/.test(bytes.toString())) throw new HttpError(400, 'No.');
    },
  });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      if (!error) request.body = merge({ jsonrpc: '2.0' }, (request.body ?? {}) as Members);
      return next(error);
    });
};
