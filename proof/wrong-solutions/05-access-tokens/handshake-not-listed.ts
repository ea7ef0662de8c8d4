import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';
import { createBearerAuth as rightly } from '../../../solutions/05-access-tokens/bearer-auth.ts';

export const mistake =
  'Only messages on a list are let through, those about tools, and the one with which every session begins is not on it.';
export const caughtBy = ['serves-the-whole-protocol'];

const LISTED = new Set<unknown>(['tools/list', 'tools/call']);

export const createBearerAuth: CreateBearerAuth = (context) => {
  const requireToken = rightly(context);
  return (request, response, next) =>
    requireToken(request, response, (error?: unknown) => {
      const { method } = (request.body ?? {}) as { method?: unknown };
      if (error !== undefined || request.method !== 'POST' || LISTED.has(method)) {
        return next(error);
      }
      response.status(400).json({ error: 'invalid_request' });
    });
};
