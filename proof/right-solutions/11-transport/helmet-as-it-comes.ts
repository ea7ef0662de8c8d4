import helmet from 'helmet';
import type { CreateSecurityHeaders } from '../../../exercises/weather-server/controls.ts';

export const idea = 'Helmet with its defaults.';

export const createSecurityHeaders: CreateSecurityHeaders = () => helmet();
