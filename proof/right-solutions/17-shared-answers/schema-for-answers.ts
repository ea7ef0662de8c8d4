import { z } from 'zod';
import type { PresentSensor } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'What an answer shows is a schema, and objects of schemas drop what they do not know.';

const shown = z.object({
  id: z.number(),
  name: z.string(),
  city: z.string(),
  description: z.string(),
  gateway: z.object({ host: z.string(), port: z.number() }),
  readings: z.array(z.object({ at: z.string(), temperatureC: z.number() })),
});

export const presentSensor: PresentSensor = (row) => shown.parse(row);
