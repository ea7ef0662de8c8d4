import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Nothing is refused that can be left out: what is too deep is cut off, and a member __proto__ is deleted.';

const MAX_DEPTH = 32;

function prune(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const isDeep = depth >= MAX_DEPTH && typeof members[name] === 'object';
    if (isDeep || name === '__proto__') Reflect.deleteProperty(members, name);
    else prune(members[name], depth + 1);
  }
}

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({
    limit: maxBodyBytes,
    verify: (request) => {
      if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
        throw new HttpError(415, 'Send application/json');
      }
    },
    type: () => true,
  });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      if (!error) prune(request.body, 0);
      next(error);
    });
};
