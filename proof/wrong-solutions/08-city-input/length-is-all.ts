import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'Whatever characters a city consists of, it is let through.';
export const caughtBy = ['city-control-chars', 'city-unicode'];

export const citySchema: CitySchema = z.string().trim().min(1).max(100);
