import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Blanks around a name are refused, not trimmed; names have no digits and no parentheses, and sixty characters at most.';

const NAME = /^\p{L}[\p{L}\p{M}.'’ -]*$/u;

export const citySchema: CitySchema = z.custom<string>(
  (city) => typeof city === 'string' && city.length <= 60 && !city.endsWith(' ') && NAME.test(city),
  'not a name',
);
