import type { RequireOwnSensor, SensorUse } from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidInputError,
  NotFoundError,
} from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const notFound = () => new NotFoundError('No such sensor.');

/** Right, but for whom it lets pass besides. */
const unless =
  (mayPass: (use: SensorUse, addedBy: string) => boolean): RequireOwnSensor =>
  (use, sensor) => {
    if (!sensor) throw notFound();
    if (sensor.tenant !== use.tenant && !mayPass(use, sensor.addedBy)) throw notFound();
  };

const isAdministrator = ({ actor }: SensorUse): boolean => actor.scopes.includes('weather:admin');

/** Right, but for how the keys of two tenants are compared. */
const comparedBy =
  (isSame: (one: string, other: string) => boolean): RequireOwnSensor =>
  ({ tenant }, sensor) => {
    if (!sensor || !isSame(sensor.tenant, tenant)) throw notFound();
  };

/** What was allowed once is not asked again, for whoever has that subject. */
function remembering(): RequireOwnSensor {
  const allowed = new Set<string>();
  return ({ tenant, actor, action }, sensor) => {
    if (!sensor) throw notFound();
    const asked = JSON.stringify([actor.subject, action, sensor.id]);
    if (allowed.has(asked)) return;
    if (sensor.tenant !== tenant) throw notFound();
    allowed.add(asked);
  };
}

export const mistakes: Mistake[] = [
  {
    name: 'only-reading-is-gated',
    mistake: 'Reading needs the tenant, and taking out of service does not.',
    caughtBy: ['sensor-of-others-retired', 'sensor-of-others-told'],
    controls: { requireOwnSensor: unless(({ action }) => action === 'retire') },
  },
  {
    name: 'only-writing-is-gated',
    mistake: 'Taking out of service needs the tenant, and reading does not.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-told'],
    controls: { requireOwnSensor: unless(({ action }) => action === 'read') },
  },
  {
    name: 'administrators-read-everywhere',
    mistake: 'An administrator of any company may read the sensors of all.',
    caughtBy: ['sensor-of-others-read'],
    controls: {
      requireOwnSensor: unless((use) => use.action === 'read' && isAdministrator(use)),
    },
  },
  {
    name: 'administrators-retire-everywhere',
    mistake: 'An administrator of any company may retire the sensors of all.',
    caughtBy: ['sensor-of-others-retired'],
    controls: {
      requireOwnSensor: unless((use) => use.action === 'retire' && isAdministrator(use)),
    },
  },
  {
    name: 'whoever-added-it-reads',
    mistake: 'Whoever added a sensor may read it, by their subject, which they have elsewhere too.',
    caughtBy: ['sensor-of-others-read'],
    controls: {
      requireOwnSensor: unless(
        ({ action, actor }, addedBy) => action === 'read' && actor.subject === addedBy,
      ),
    },
  },
  {
    name: 'whoever-added-it-retires',
    mistake:
      'Whoever added a sensor may retire it, by their subject, which they have elsewhere too.',
    caughtBy: ['sensor-of-others-retired'],
    controls: {
      requireOwnSensor: unless(
        ({ action, actor }, addedBy) => action === 'retire' && actor.subject === addedBy,
      ),
    },
  },
  {
    name: 'by-person-and-not-by-tenant',
    mistake: 'A sensor belongs to the person who added it, and not to the company.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired', 'colleagues-share-sensors'],
    controls: {
      requireOwnSensor({ actor }, sensor) {
        if (sensor?.addedBy !== actor.subject) throw notFound();
      },
    },
  },
  {
    name: 'name-within-the-key',
    mistake: 'A sensor is the caller’s if the name of their company stands somewhere in its key.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired'],
    controls: {
      requireOwnSensor({ actor }, sensor) {
        if (!sensor?.tenant.includes(actor.tenant?.id ?? '')) throw notFound();
      },
    },
  },
  {
    name: 'only-whoever-added-it',
    mistake: 'Within a company, only whoever added a sensor may read and retire it.',
    caughtBy: ['colleagues-share-sensors'],
    controls: {
      requireOwnSensor({ tenant, actor }, sensor) {
        if (sensor?.tenant !== tenant || sensor.addedBy !== actor.subject) throw notFound();
      },
    },
  },
  {
    name: 'colleagues-may-only-read',
    mistake: 'Colleagues may read a sensor, and only whoever added it may retire it.',
    caughtBy: ['colleagues-share-sensors'],
    controls: {
      requireOwnSensor({ tenant, actor, action }, sensor) {
        const mayRetire = action === 'read' || sensor?.addedBy === actor.subject;
        if (sensor?.tenant !== tenant || !mayRetire) throw notFound();
      },
    },
  },
  {
    name: 'says-whose-it-is',
    mistake: 'Who asks for a sensor of others is told that it is not theirs.',
    caughtBy: ['sensor-of-others-told'],
    controls: {
      requireOwnSensor({ tenant }, sensor) {
        if (!sensor) throw notFound();
        if (sensor.tenant !== tenant) throw new NotFoundError('This sensor is not yours.');
      },
    },
  },
  {
    name: 'refuses-as-a-lack-of-scope',
    mistake: 'Who asks for a sensor of others is told that a scope is missing.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired', 'sensor-of-others-told'],
    controls: {
      requireOwnSensor({ tenant }, sensor) {
        if (!sensor) throw notFound();
        if (sensor.tenant !== tenant) throw new InsufficientScopeError(['weather:admin']);
      },
    },
  },
  {
    name: 'refuses-as-a-bad-number',
    mistake: 'Who asks for a sensor of others is told that the number is not acceptable.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired', 'sensor-of-others-told'],
    controls: {
      requireOwnSensor({ tenant }, sensor) {
        if (!sensor) throw notFound();
        if (sensor.tenant !== tenant) throw new InvalidInputError('Not acceptable: id.');
      },
    },
  },
  {
    name: 'says-that-it-was-never-there',
    mistake: 'For a number that nobody has, the answer has words of its own.',
    caughtBy: ['sensor-of-others-told'],
    controls: {
      requireOwnSensor({ tenant }, sensor) {
        if (!sensor) throw new NotFoundError('This number was never given out.');
        if (sensor.tenant !== tenant) throw notFound();
      },
    },
  },
  {
    name: 'own-by-id-alone',
    mistake: 'The gate compares the ids of companies, and forgets who has given them.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired'],
    controls: {
      requireOwnSensor({ actor }, sensor) {
        const end = JSON.stringify([actor.tenant?.id]).slice(1);
        if (!sensor?.tenant.endsWith(`,${end}`)) throw notFound();
      },
    },
  },
  {
    name: 'compared-without-case',
    mistake: 'The gate compares keys without their capitals.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired'],
    controls: {
      requireOwnSensor: comparedBy((one, other) => one.toLowerCase() === other.toLowerCase()),
    },
  },
  {
    name: 'compared-as-people-sort',
    mistake: 'The gate compares keys by the order of a language, in which some signs do not count.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired'],
    controls: { requireOwnSensor: comparedBy((one, other) => one.localeCompare(other) === 0) },
  },
  {
    name: 'compared-by-their-beginning',
    mistake: 'The gate compares as many characters of two keys as a column used to hold.',
    caughtBy: ['sensor-of-others-read', 'sensor-of-others-retired'],
    controls: {
      requireOwnSensor: comparedBy((one, other) => one.slice(0, 128) === other.slice(0, 128)),
    },
  },
  {
    name: 'remembers-what-was-allowed',
    mistake:
      'What somebody was once allowed they are allowed for whichever company they call next.',
    caughtBy: ['sensor-of-others-read'],
    controls: () => ({ requireOwnSensor: remembering() }),
  },
];
