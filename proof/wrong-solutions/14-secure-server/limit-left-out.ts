import type { OrderCallSteps } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'There is a limiter, and nothing asks it.';
export const caughtBy = ['order-silent-refusals', 'whole-10-rate-limits'];

export const orderCallSteps: OrderCallSteps = ({ audit, authorize, validate }) => [
  audit,
  authorize,
  validate,
];
