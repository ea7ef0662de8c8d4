import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Measures depth by recursion, to the bottom, and overflows the stack it was to protect.';
export const caughtBy = ['json-deep-nesting'];

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce((deepest: number, one) => Math.max(deepest, depthOf(one)), 0)
    : 0;

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: maxBodyBytes });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      if (error) return next(error);
      return next(depthOf(request.body) > 64 ? new HttpError(400, 'Too deep.') : undefined);
    });
};
