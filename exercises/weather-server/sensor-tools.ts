/**
 * Sensors of a company: all of its people see them, and nobody else does. What is shown of one, and to
 * whom, are controls (topic 17).
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Actor, SecurityControls, SensorRow, SensorUse, Tenant } from './controls.ts';
import { defineTool, structured, type Tool } from './define-tool.ts';
import { InvalidInputError, NotFoundError } from './errors.ts';
import { KeptAnswers } from './kept-answers.ts';
import { reachGate, refuseAt } from './watch-gate.ts';
import type { Row } from './world/database.ts';
import type { World } from './world/world.ts';

const LONGEST_WORD = 200;
const LONGEST_TEXT = 1000;
const MOST_SENSORS = 100;

const word = z.string().max(LONGEST_WORD);
const note = z.string().max(LONGEST_TEXT);
/** Clients of people who work for several companies repeat here for which one they call. */
const tenant = word.optional();
const id = z.number().int().positive();

const json = <T>(inside: z.ZodType<T>) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(inside);
const sensorRow = z.looseObject({
  id: z.number(),
  name: z.string(),
  city: z.string(),
  description: z.string(),
  note: z.string(),
  access_key: z.string(),
  gateway: json(z.looseObject({ host: z.string(), port: z.number() })),
  readings: json(z.array(z.looseObject({ at: z.string(), temperatureC: z.number() }))),
});

interface Caller {
  actor: Actor;
  tenant: Tenant;
  /** What the sensors of their tenant are kept under. */
  key: string;
}

export function sensorTools(controls: SecurityControls, world: World): Tool[] {
  const { database, tape } = world;
  const answers = new KeptAnswers<Record<string, unknown>>();

  function callerFor(actor: Actor | undefined, asked: string | undefined): Caller {
    if (!actor?.tenant) throw new InvalidInputError('Your access token names no tenant.');
    const gate = reachGate(tape, 'tenant');
    try {
      const key = controls.keyOfTenant(actor.tenant, asked);
      gate.decision = 'passed';
      return { actor, tenant: actor.tenant, key };
    } catch (error) {
      refuseAt(gate, error);
      throw error;
    }
  }

  /** Words of a colleague are outside text for a model, like anybody's. */
  function present(row: SensorRow): Record<string, unknown> {
    const shown = Object.entries(controls.presentSensor(row)).map(([member, value]) => [
      member,
      typeof value === 'string' ? controls.presentUpstreamText(value, LONGEST_TEXT) : value,
    ]);
    return Object.fromEntries(shown) as Record<string, unknown>;
  }

  /** The row of a sensor that the caller may use in this way. */
  async function ownSensor(
    { actor, key }: Caller,
    action: SensorUse['action'],
    wanted: number,
  ): Promise<Row> {
    const [row] = await database.query('SELECT * FROM sensors WHERE id = $1 AND retired = 0', [
      wanted,
    ]);
    const facts = row && {
      id: wanted,
      tenant: String(row.tenant),
      addedBy: String(row.added_by),
    };
    controls.requireOwnSensor({ action, tenant: key, actor }, facts);
    if (!row) throw new NotFoundError('There is no such sensor.');
    return row;
  }

  return [
    defineTool({
      name: 'add_sensor',
      title: 'Add a sensor',
      description: 'Adds a sensor to those of your company.',
      scope: 'weather:write',
      input: z.object({
        tenant,
        name: word,
        city: controls.citySchema,
        description: note.default(''),
        note: note.default(''),
        accessKey: word.default(''),
        temperatureC: z.number().default(15),
      }),
      async run({ tenant: asked, ...sensor }, actor) {
        const caller = callerFor(actor, asked);
        const gateway = {
          host: `gw-${randomBytes(4).toString('hex')}.sensors.example`,
          port: 8883,
        };
        const reading = { at: new Date().toISOString(), temperatureC: sensor.temperatureC };
        const [row] = await database.query(
          `INSERT INTO sensors (tenant, added_by, name, city, description, note, access_key, gateway, readings)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
          [
            caller.key,
            caller.actor.subject,
            sensor.name,
            sensor.city,
            sensor.description,
            sensor.note,
            sensor.accessKey,
            JSON.stringify(gateway),
            JSON.stringify([reading]),
          ],
        );
        answers.forget();
        return structured({ id: row?.id ?? null });
      },
    }),
    defineTool({
      name: 'list_sensors',
      title: 'List sensors',
      description: 'The sensors of your company; of one city, or with a text in their name.',
      scope: 'weather:read',
      input: z.object({ tenant, city: word.optional(), text: word.optional() }),
      async run({ tenant: asked, city, text }, actor) {
        const { tenant: own, key } = callerFor(actor, asked);
        const question = { tool: 'list_sensors', arguments: { city, text } };
        const answer = await answers.of(controls.keyOfAnswer(own, question), async () => {
          const rows = await database.query(
            `SELECT * FROM sensors WHERE tenant = $1 AND retired = 0
             AND ($2 = '' OR city = $2) AND ($3 = '' OR instr(name, $3) > 0) ORDER BY id LIMIT $4`,
            [key, city ?? '', text ?? '', MOST_SENSORS],
          );
          return { sensors: rows.map((row) => present(sensorRow.parse(row))) };
        });
        return structured(answer);
      },
    }),
    defineTool({
      name: 'get_sensor',
      title: 'Get a sensor',
      description: 'One sensor of your company.',
      scope: 'weather:read',
      input: z.object({ tenant, id }),
      async run({ tenant: asked, id: wanted }, actor) {
        const row = await ownSensor(callerFor(actor, asked), 'read', wanted);
        return structured({ sensor: present(sensorRow.parse(row)) });
      },
    }),
    defineTool({
      name: 'retire_sensor',
      title: 'Retire a sensor',
      description: 'Takes a sensor of your company out of service. An operator can bring it back.',
      scope: 'weather:write',
      input: z.object({ tenant, id }),
      async run({ tenant: asked, id: wanted }, actor) {
        await ownSensor(callerFor(actor, asked), 'retire', wanted);
        await database.query('UPDATE sensors SET retired = 1 WHERE id = $1', [wanted]);
        answers.forget();
        return structured({ retired: wanted });
      },
    }),
  ];
}
