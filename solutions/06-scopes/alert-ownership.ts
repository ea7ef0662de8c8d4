import type { RequireOwnAlert } from '../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../exercises/weather-server/errors.ts';

/**
 * A scope says which tools a token may use; this says on which objects. An alert is its owner's:
 * the subject, at the issuer that knows the subject, and not who the arguments say is calling.
 * Somebody else's alert and one that does not exist get the same answer, so that ids tell nothing.
 */
export const requireOwnAlert: RequireOwnAlert = (actor, alert) => {
  const isOwn =
    actor !== undefined &&
    alert?.owner.issuer === actor.issuer &&
    alert.owner.subject === actor.subject;
  if (!isOwn) throw new NotFoundError('You have no alert with this id.');
};
