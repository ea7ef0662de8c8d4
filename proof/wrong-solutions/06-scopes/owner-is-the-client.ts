import type { RequireOwnAlert } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The owner is compared with the client application and not with its user: nobody can delete anything any more.';
export const caughtBy = ['owners-delete-their-alerts'];

export const requireOwnAlert: RequireOwnAlert = (actor, alert) => {
  const isOwn =
    actor !== undefined &&
    alert?.owner.issuer === actor.issuer &&
    alert.owner.subject === actor.clientId;
  if (!isOwn) throw new NotFoundError('You have no alert with this id.');
};
