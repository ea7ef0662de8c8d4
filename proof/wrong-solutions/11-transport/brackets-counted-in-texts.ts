import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Counts brackets in the raw text, those inside of strings too: a text is not deep because it has many.';
export const caughtBy = ['ordinary-messages-pass'];

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) =>
  express.json({
    limit: maxBodyBytes,
    verify(_request, _response, bytes) {
      let depth = 0;
      for (const byte of bytes) {
        if (byte === 0x5b || byte === 0x7b) depth++;
        if (byte === 0x5d || byte === 0x7d) depth--;
        if (depth > 64) throw new HttpError(400, 'Too deep.');
      }
    },
  });
