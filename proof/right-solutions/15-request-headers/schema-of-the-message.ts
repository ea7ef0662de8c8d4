import { z } from 'zod';
import type { DetectRevision } from '../../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../../exercises/weather-server/errors.ts';

export const idea = 'Two schemas tell messages that name a version from those that do not.';

const KEY = 'io.modelcontextprotocol/protocolVersion';
const naming = z.looseObject({
  params: z.looseObject({ _meta: z.looseObject({ [KEY]: z.unknown() }) }),
});
const aVersion = z.iso.date();

export const detectRevision: DetectRevision = ({ headers, body }) => {
  const sent = headers['mcp-protocol-version'] ?? [];
  const message = naming.safeParse(body);
  const meta = message.success ? message.data.params._meta : {};
  if (!(KEY in meta)) {
    const versions = sent.flatMap((line) => line.split(/, */));
    if (versions.some((one) => aVersion.safeParse(one).success && one > '2026-01-01')) {
      throw new InvalidMetadataError('The body names no version.');
    }
    return '2025-11-25';
  }
  if (!aVersion.safeParse(meta[KEY]).success) throw new InvalidMetadataError('This is no version.');
  if (sent.join() !== meta[KEY]) throw new HeaderMismatchError('MCP-Protocol-Version');
  return '2026-07-28';
};
