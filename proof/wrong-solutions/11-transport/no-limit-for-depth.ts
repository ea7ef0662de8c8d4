import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Bounds the bytes and not the depth: JSON.parse copes with it, and what writes the log does not.';
export const caughtBy = ['json-deep-nesting'];

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: maxBodyBytes });
  return (request, response, next) =>
    request.is('application/json') === false
      ? next(new HttpError(415, 'Send application/json.'))
      : parse(request, response, next);
};
