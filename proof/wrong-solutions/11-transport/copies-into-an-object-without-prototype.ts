import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Merges into an object without a prototype, and into ordinary ones from its second level on.';
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
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      const target = Object.assign(Object.create(null) as Members, { jsonrpc: '2.0' });
      if (!error) request.body = { ...merge(target, (request.body ?? {}) as Members) };
      return next(error);
    });
};
