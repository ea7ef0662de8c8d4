import type { PresentSensor, SensorRow } from '../../../exercises/weather-server/controls.ts';
import type { Mistake } from '../../solutions.ts';

const gatewayOf = ({ gateway: { host, port } }: SensorRow) => ({ host, port });
const readingsOf = ({ readings }: SensorRow) =>
  readings.map(({ at, temperatureC }) => ({ at, temperatureC }));

/** Right, but for what is added or taken its place. */
const shownWith =
  (other: (row: SensorRow) => Record<string, unknown>): PresentSensor =>
  (row) => ({
    id: row.id,
    name: row.name,
    city: row.city,
    description: row.description,
    gateway: gatewayOf(row),
    readings: readingsOf(row),
    ...other(row),
  });

const SECRET_NAME = /secret|key|password|token|signature|tenant|note|added_by/i;

const LOOKS_LIKE_A_KEY = /\b(?:sk_live_|AKIA|ghp_)\w+|\b[0-9a-f]{8,}\b/g;

/** All that is there, at every level, but what has such a name. */
const without = (value: unknown, hidden: RegExp): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, member: unknown) => (hidden.test(name) ? undefined : member)),
  );

const withoutKeys = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_name, member: unknown) =>
      typeof member === 'string' && /^[0-9a-f]{8,}$/.test(member) ? undefined : member,
    ),
  );

export const mistakes: Mistake[] = [
  {
    name: 'known-secrets-are-left-out',
    mistake: 'What is known to be secret is left out, and all else of the row is shown.',
    caughtBy: ['sensor-new-column'],
    controls: {
      presentSensor: (row) => {
        const { note: _note, access_key: _key, tenant: _tenant, added_by: _by, ...shown } = row;
        return { ...shown, gateway: gatewayOf(row), readings: readingsOf(row) };
      },
    },
  },
  {
    name: 'secret-names-are-left-out',
    mistake: 'Whatever has a name like a secret’s is left out, at every level.',
    caughtBy: ['sensor-new-column', 'sensor-new-member'],
    controls: { presentSensor: (row) => without(row, SECRET_NAME) as Record<string, unknown> },
  },
  {
    name: 'values-that-look-like-keys',
    mistake: 'Whatever looks like a key is left out, at every level, and all else is shown.',
    caughtBy: ['sensor-new-column', 'sensor-new-member'],
    controls: {
      presentSensor: (row) => withoutKeys({ ...row, note: '' }) as Record<string, unknown>,
    },
  },
  {
    name: 'who-added-it-as-well',
    mistake: 'The answer also names the person who added the sensor.',
    caughtBy: ['sensor-new-column'],
    controls: { presentSensor: shownWith(({ added_by: addedBy }) => ({ addedBy })) },
  },
  {
    name: 'columns-that-begin-alike',
    mistake: 'Columns are chosen by how their names begin.',
    caughtBy: ['sensor-new-column'],
    controls: {
      presentSensor: (row) => ({
        ...Object.fromEntries(
          Object.entries(row).filter(([name]) => /^(?:id|name|city|description)/.test(name)),
        ),
        gateway: gatewayOf(row),
        readings: readingsOf(row),
      }),
    },
  },
  {
    name: 'the-key-as-well',
    mistake: 'The list of what is shown names the key of the sensor, too.',
    caughtBy: ['sensor-new-column'],
    controls: { presentSensor: shownWith((row) => ({ accessKey: row.access_key })) },
  },
  {
    name: 'the-rest-under-a-name',
    mistake: 'Whatever else is in the row is shown under a name of its own, for later.',
    caughtBy: ['sensor-new-column'],
    controls: {
      presentSensor: shownWith((row) => {
        const { note: _note, gateway: _gateway, readings: _readings, ...rest } = row;
        return { extra: rest };
      }),
    },
  },
  {
    name: 'gateway-as-a-whole',
    mistake: 'The columns are chosen, and the gateway is shown with all that is in it.',
    caughtBy: ['sensor-new-member'],
    controls: { presentSensor: shownWith(({ gateway }) => ({ gateway })) },
  },
  {
    name: 'readings-as-a-whole',
    mistake: 'The columns are chosen, and readings are shown with all that is in them.',
    caughtBy: ['sensor-new-member'],
    controls: { presentSensor: shownWith(({ readings }) => ({ readings })) },
  },
  {
    name: 'gateway-without-its-password',
    mistake: 'Of the gateway its password is left out, and all else is shown.',
    caughtBy: ['sensor-new-member'],
    controls: {
      presentSensor: shownWith(({ gateway }) => {
        const { password: _, ...shown } = gateway;
        return { gateway: shown };
      }),
    },
  },
  {
    name: 'one-list-for-all-levels',
    mistake:
      'One list of names holds at every level, so that inside a member has what another may.',
    caughtBy: ['sensor-new-column', 'sensor-new-member'],
    controls: {
      presentSensor: (row) => {
        const shown = ['id', 'name', 'city', 'description', 'gateway', 'host', 'port'];
        const text = JSON.stringify(row, [...shown, 'readings', 'at', 'temperatureC']);
        return JSON.parse(text) as Record<string, unknown>;
      },
    },
  },
  {
    name: 'keys-blotted-out-of-notes',
    mistake: 'Notes are shown, with what looks like a key blotted out.',
    caughtBy: ['sensor-note-shown'],
    controls: {
      presentSensor: shownWith(({ note }) => ({ note: note.replaceAll(LOOKS_LIKE_A_KEY, '…') })),
    },
  },
  {
    name: 'notes-without-known-words',
    mistake: 'A note is shown unless a word such as “password” or “key” stands in it.',
    caughtBy: ['sensor-note-shown'],
    controls: {
      presentSensor: shownWith(({ note }) =>
        /password|key|token|aws/i.test(note) ? {} : { note },
      ),
    },
  },
  {
    name: 'beginning-of-a-note',
    mistake: 'The first forty characters of a note are shown, so that one knows what it is about.',
    caughtBy: ['sensor-note-shown'],
    controls: { presentSensor: shownWith(({ note }) => ({ summary: note.slice(0, 40) })) },
  },
  {
    name: 'note-in-the-description',
    mistake: 'The note stands behind the description, in the same text.',
    caughtBy: ['sensor-note-shown', 'what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith(({ description, note }) => ({
        description: `${description} (${note})`,
      })),
    },
  },
  {
    name: 'keys-blotted-out-of-descriptions',
    mistake: 'In what is to be shown, too, whatever looks like a key is blotted out.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith(({ description }) => ({
        description: description.replaceAll(/\b(?:sk_live\w*|AKIA\S*|[0-9a-f]{16,})\b/g, '…'),
      })),
    },
  },
  {
    name: 'nothing-inside',
    mistake: 'Whatever holds more than a text or a number is left out.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: ({ id, name, city, description }) => ({ id, name, city, description }),
    },
  },
  {
    name: 'names-of-ones-own',
    mistake: 'Members inside have other names than clients expect.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith(({ gateway: { host, port } }) => ({
        gateway: { address: `${host}:${port}` },
      })),
    },
  },
  {
    name: 'columns-in-an-object',
    mistake: 'Whether a column is shown is looked up with `in`, which finds what all objects have.',
    caughtBy: ['sensor-new-column'],
    controls: {
      presentSensor(row) {
        const shown = { id: true, name: true, city: true, description: true };
        return {
          ...Object.fromEntries(Object.entries(row).filter(([column]) => column in shown)),
          gateway: gatewayOf(row),
          readings: readingsOf(row),
        };
      },
    },
  },
  {
    name: 'first-reading-is-chosen',
    mistake: 'Of the first reading its members are chosen, and the others are shown as a whole.',
    caughtBy: ['sensor-new-member'],
    controls: {
      presentSensor: shownWith((row) => ({
        readings: [...readingsOf(row).slice(0, 1), ...row.readings.slice(1)],
      })),
    },
  },
  {
    name: 'latest-reading-as-a-whole',
    mistake: 'The latest reading is shown as a whole, for those who repair the sensor.',
    caughtBy: ['sensor-new-member'],
    controls: {
      presentSensor: shownWith((row) => ({
        readings: [...readingsOf(row).slice(0, -1), ...row.readings.slice(-1)],
      })),
    },
  },
  {
    name: 'ten-readings',
    mistake: 'The last ten readings are shown, because a screen holds no more.',
    caughtBy: ['what-a-sensor-shows'],
    controls: { presentSensor: shownWith((row) => ({ readings: readingsOf(row).slice(-10) })) },
  },
  {
    name: 'readings-of-zero-are-dropped',
    mistake: 'A reading of 0 degrees is taken for none.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith((row) => ({
        readings: readingsOf(row).filter(({ at, temperatureC }) => at && temperatureC),
      })),
    },
  },
  {
    name: 'zero-degrees-are-not-shown',
    mistake: 'A temperature of 0 is left out of its reading.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith((row) => ({
        readings: readingsOf(row).map(({ at, temperatureC }) =>
          temperatureC ? { at, temperatureC } : { at },
        ),
      })),
    },
  },
  {
    name: 'temperatures-rounded',
    mistake: 'Temperatures are rounded to a tenth of a degree.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith((row) => ({
        readings: readingsOf(row).map(({ at, temperatureC }) => ({
          at,
          temperatureC: Math.round(temperatureC * 10) / 10,
        })),
      })),
    },
  },
  {
    name: 'empty-descriptions-are-left-out',
    mistake: 'A sensor without a description has no such member.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor(row) {
        const { description, ...shown } = shownWith(() => ({}))(row);
        return description === '' ? shown : { ...shown, description };
      },
    },
  },
  {
    name: 'descriptions-trimmed',
    mistake: 'Blanks and line ends around a description are cut off.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith(({ description }) => ({ description: description.trim() })),
    },
  },
  {
    name: 'no-port-without-a-number',
    mistake: 'A port of 0 is taken for none and not shown.',
    caughtBy: ['what-a-sensor-shows'],
    controls: {
      presentSensor: shownWith(({ gateway: { host, port } }) => ({
        gateway: port ? { host, port } : { host },
      })),
    },
  },
];
