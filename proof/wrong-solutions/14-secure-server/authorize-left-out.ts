import type { OrderCallSteps } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Whoever has a token may call every tool, because the list shows only those they may call.';
export const caughtBy = ['order-silent-refusals', 'whole-06-scopes', 'whole-13-error-responses'];

export const orderCallSteps: OrderCallSteps = ({ audit, limit, validate }) => [
  audit,
  limit,
  validate,
];
