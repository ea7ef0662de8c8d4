import type { RequireOwnAlert } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Somebody else’s alert is forbidden and a missing one is not found: the difference tells which ids exist.';
export const caughtBy = ['handle-idor'];

export const requireOwnAlert: RequireOwnAlert = (actor, alert) => {
  if (!alert) throw new NotFoundError('There is no alert with this id.');
  const { issuer, subject } = alert.owner;
  if (actor?.issuer !== issuer || actor.subject !== subject) {
    throw new NotFoundError('This alert is not yours.');
  }
};
