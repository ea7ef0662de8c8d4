import { MOST_BODY_BYTES } from '../lab-client/lab-client.ts';

/** Room for the rest of the request: ids, variant, targets. */
const ENVELOPE_BYTES = 1024;

/** Says why a payload cannot be sent, or `undefined` when it can. */
export function checkPayload(text: string): string | undefined {
  // Counted as it travels: a string inside a JSON body.
  const bytes = new TextEncoder().encode(JSON.stringify(text)).length;
  if (bytes > MOST_BODY_BYTES - ENVELOPE_BYTES) {
    const kib = (bytes / 1024).toFixed(0);
    return `This payload is too long: ${kib} KiB, and the lab takes 63 KiB.`;
  }
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `This is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
