import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Looks for application/json anywhere in Content-Type: a parameter of text/plain may say it too.';
export const caughtBy = ['csrf-simple-post', 'json-by-any-spelling', 'json-deep-nesting'];

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) =>
  express.json({
    limit: maxBodyBytes,
    type: (request) => request.headers['content-type']?.includes('application/json') ?? false,
  });
