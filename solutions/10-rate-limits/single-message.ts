import type { RequireSingleMessage } from '../../exercises/weather-server/controls.ts';
import { InvalidMessageError } from '../../exercises/weather-server/errors.ts';

/**
 * Refuses a JSON-RPC batch. MCP 2025-06-18 removed batching; the SDK still runs one, up to a hundred
 * messages at a time. The limiter counts every call in any case, so this refusal is the second line:
 * it keeps whatever counts requests, in front of this server, from counting a hundred as one.
 */
export const requireSingleMessage: RequireSingleMessage = (body) => {
  if (Array.isArray(body)) {
    throw new InvalidMessageError(
      'Send one JSON-RPC message in a request; batches are not part of MCP.',
    );
  }
};
