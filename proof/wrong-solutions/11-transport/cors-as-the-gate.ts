import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'CORS alone, with the right list: no stranger may read an answer, but every tool has run by then.';
export const caughtBy = ['host-rebinding', 'origin-hostile'];

export const createOriginGuard: CreateOriginGuard = ({ allowedOrigins }) =>
  cors({
    origin: allowedOrigins,
    credentials: true,
    exposedHeaders: ['WWW-Authenticate'],
  });
