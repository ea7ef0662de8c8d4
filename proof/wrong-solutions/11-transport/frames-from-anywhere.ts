import helmet from 'helmet';
import type { CreateSecurityHeaders } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A policy without frame-ancestors, which default-src does not stand for, and no X-Frame-Options.';
export const caughtBy = ['security-headers'];

export const createSecurityHeaders: CreateSecurityHeaders = () =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"] } },
    xFrameOptions: false,
  });
