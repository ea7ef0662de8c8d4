import { gunzipSync } from 'node:zlib';
import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Counts bytes as they arrive and decompresses afterwards: some kilobytes become megabytes.';
export const caughtBy = ['body-oversize', 'json-deep-nesting', 'requests-without-a-body'];

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  const read = express.raw({ limit: maxBodyBytes, inflate: false, type: 'application/json' });
  return (request, response, next) => {
    const isGzip = request.headers['content-encoding'] === 'gzip';
    if (isGzip) delete request.headers['content-encoding'];
    read(request, response, (error?: unknown) => {
      if (error) return next(error);
      try {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        request.body = JSON.parse((isGzip ? gunzipSync(bytes) : bytes).toString());
        return next();
      } catch {
        return next(new HttpError(400, 'Not JSON.'));
      }
    });
  };
};
