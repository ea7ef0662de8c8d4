import type { RequireOwnAlert } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Owners are compared by subject alone, though two issuers may both know a user of that name.';
export const caughtBy = ['handle-idor'];

export const requireOwnAlert: RequireOwnAlert = (actor, alert) => {
  if (!actor || alert?.owner.subject !== actor.subject) {
    throw new NotFoundError('You have no alert with this id.');
  }
};
