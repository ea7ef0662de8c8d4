import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequireOwnSensor } from '../../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Tenants of sensors are compared by their digests, in constant time.';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export const requireOwnSensor: RequireOwnSensor = ({ tenant }, sensor) => {
  const isOwn = timingSafeEqual(digest(sensor?.tenant ?? ''), digest(tenant));
  if (!sensor || !isOwn) throw new NotFoundError('Not found.');
};
