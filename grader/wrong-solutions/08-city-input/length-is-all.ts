import { z } from 'zod';
import type { CitySchema } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'The length is right, and within it everything is let through.';
export const caughtBy = ['city-control-chars', 'city-unicode'];

export const citySchema: CitySchema = z.string().trim().min(1).max(100);
