import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Believes Content-Length: a body in chunks has none, and a compressed one has another.';
export const caughtBy = ['body-oversize', 'json-deep-nesting'];

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const parse = express.json({ limit: '64mb' });
  return (request, response, next) =>
    Number(request.headers['content-length'] ?? 0) > maxBodyBytes
      ? next(new HttpError(413, 'Too large.'))
      : parse(request, response, next);
};
