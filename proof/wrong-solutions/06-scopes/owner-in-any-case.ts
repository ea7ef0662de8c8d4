import type { RequireOwnAlert } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake = 'Owners are compared without regard to case, though subjects are exact.';
export const caughtBy = ['handle-idor'];

export const requireOwnAlert: RequireOwnAlert = (actor, alert) => {
  if (
    !alert ||
    alert.owner.issuer !== actor?.issuer ||
    alert.owner.subject.toLowerCase() !== actor.subject.toLowerCase()
  )
    throw new NotFoundError('You have no alert with this id.');
};
