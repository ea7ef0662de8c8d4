import express from 'express';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Refuses compressed bodies, as the shortest way to be rid of gzip bombs: honest clients compress too.';
export const caughtBy = ['body-oversize', 'json-deep-nesting', 'large-bodies-pass'];

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) =>
  express.json({ limit: maxBodyBytes, inflate: false });
