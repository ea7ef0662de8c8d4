/** What a JWT says about itself. Nothing is verified. */
export interface DecodedToken {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** Undefined for a text that is no JWT. */
export function decodeToken(token: string): DecodedToken | undefined {
  const [header, claims] = token.split('.').map(decodePart);
  return header && claims ? { header, claims } : undefined;
}

/** Header or claims; undefined for what is no JSON of an object. */
export function decodePart(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
