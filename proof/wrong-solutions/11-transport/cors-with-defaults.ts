import cors from 'cors';
import type { CreateOriginGuard } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'cors() without options: a star, for everybody.';
export const caughtBy = [
  'cors-reflection',
  'host-rebinding',
  'origin-hostile',
  'pages-of-ours-read-answers',
];

export const createOriginGuard: CreateOriginGuard = () => cors();
