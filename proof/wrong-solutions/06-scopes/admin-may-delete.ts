import type { RequireOwnAlert } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Administrators may do everything, it seems, so ownership does not apply to them.';
export const caughtBy = ['handle-idor'];

export const requireOwnAlert: RequireOwnAlert = (actor, alert) => {
  if (alert && actor?.scopes.includes('weather:admin')) return;
  if (!alert || alert.owner.issuer !== actor?.issuer || alert.owner.subject !== actor.subject)
    throw new NotFoundError('You have no alert with this id.');
};
