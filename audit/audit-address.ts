/**
 * Reads the address of an MCP endpoint that somebody wants audited.
 *
 * @throws {Error} with a sentence for people, if it is none
 */
export function readAuditAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`“${address}” is no http or https address.`);
  }
  if (url.username || url.password) throw new Error('Leave user and password out of the URL.');
  url.hash = '';
  return url;
}

/** Visible ASCII, as a header needs it. */
export const AUDIT_TOKEN = /^[!-~]{1,16384}$/;
