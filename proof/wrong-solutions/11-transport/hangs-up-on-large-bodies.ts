import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'Closes the connection at the first byte too many: the client is told nothing, and tries again.';
export const caughtBy = ['body-oversize', 'security-headers'];

export const createBodyParser: CreateBodyParser = (config) => {
  const parse = reference(config);
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      if ((error as { status?: number } | undefined)?.status === 413) request.socket.destroy();
      else next(error);
    });
};
