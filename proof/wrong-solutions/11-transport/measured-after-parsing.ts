import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Measures what was parsed by writing it out again: blanks are gone by then, and so is the stack.';
export const caughtBy = ['body-oversize', 'json-deep-nesting'];

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: '64mb' });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      if (error) return next(error);
      const bytes = Buffer.byteLength(JSON.stringify(request.body ?? null));
      return next(bytes > maxBodyBytes ? new HttpError(413, 'Too large.') : undefined);
    });
};
