/**
 * How grave it is to fail an item, and where it stands in the lists that people report by: CWE, the
 * OWASP MCP Top 10 (2025, beta 0.1) and OWASP AISVS 1.0, chapter C10. A list that has nothing of the
 * kind is left out.
 */

/**
 * `high`: somebody gets what is not theirs, as it is. `medium`: one more mistake, of whomever, and
 * they do; or clients are let down. `low`: hygiene, which harms nobody by itself.
 */
export type Gravity = 'high' | 'medium' | 'low';
export const GRAVITIES: readonly Gravity[] = ['high', 'medium', 'low'];

export interface Classification {
  gravity: Gravity;
  /** Number in the Common Weakness Enumeration. */
  cwe?: number;
  /** `MCP07`: of the OWASP MCP Top 10. */
  mcpTop10?: `MCP${string}`;
  /** `10.2.1`: of AISVS 1.0. */
  aisvs?: `10.${string}`;
}

const AUTHENTICATION = { mcpTop10: 'MCP07' } as const;
const TOKEN = { mcpTop10: 'MCP07', aisvs: '10.2.1' } as const;
const REBINDING = { cwe: 346, aisvs: '10.3.3' } as const;
const SECRET = { mcpTop10: 'MCP01' } as const;

export const CLASSIFICATIONS: Readonly<Record<string, Classification>> = {
  tls: { gravity: 'high', cwe: 319, mcpTop10: 'MCP01', aisvs: '10.3.1' },
  'certificate-valid': { gravity: 'high', cwe: 295, aisvs: '10.3.1' },
  'certificate-lasts': { gravity: 'medium' },
  'strict-transport-security': { gravity: 'low', cwe: 319 },
  'no-sniffing': { gravity: 'low', cwe: 693 },
  'no-framing': { gravity: 'low', cwe: 1021 },
  'software-unnamed': { gravity: 'low', cwe: 200 },

  'bound-to-loopback': { gravity: 'medium', cwe: 1327 },
  'old-door-guarded': { gravity: 'high', cwe: 306, ...TOKEN },
  'no-plain-http': { gravity: 'medium', cwe: 319, mcpTop10: 'MCP01', aisvs: '10.3.1' },

  'origin-validated': { gravity: 'high', ...REBINDING },
  'cors-known-readers': { gravity: 'high', cwe: 942 },
  'cors-no-credentials': { gravity: 'high', cwe: 942 },
  'host-validated': { gravity: 'medium', ...REBINDING },

  'json-only': { gravity: 'medium', cwe: 352 },
  'body-limited': { gravity: 'medium', cwe: 770, aisvs: '10.4.5' },
  'broken-json-refused': { gravity: 'low', cwe: 755 },
  'errors-tell-nothing': { gravity: 'medium', cwe: 209 },
  'limit-named': { gravity: 'low' },

  'token-asked-for': { gravity: 'high', cwe: 306, ...TOKEN },
  'challenge-sent': { gravity: 'medium', ...AUTHENTICATION },
  'challenge-scope': { gravity: 'low' },
  'challenge-without-error': { gravity: 'low' },
  'every-method-guarded': { gravity: 'high', cwe: 306, ...TOKEN },
  'made-up-token-refused': { gravity: 'high', cwe: 287, ...TOKEN },
  'invalid-token-named': { gravity: 'low' },
  'altered-token-refused': { gravity: 'high', cwe: 347, ...AUTHENTICATION, aisvs: '10.2.2' },
  'query-token-ignored': { gravity: 'medium', cwe: 598, ...SECRET },
  'session-is-no-token': { gravity: 'high', cwe: 287, ...TOKEN },
  'missing-scope-named': { gravity: 'low', mcpTop10: 'MCP02' },

  'tools-visible': { gravity: 'high', cwe: 451, mcpTop10: 'MCP03', aisvs: '10.4.1' },
  'tools-instruct-nothing': { gravity: 'high', mcpTop10: 'MCP03', aisvs: '10.4.1' },
  'tools-unchanged': { gravity: 'high', cwe: 494, mcpTop10: 'MCP03', aisvs: '10.4.7' },
  'tools-limit-strings': { gravity: 'low', cwe: 770, aisvs: '10.4.3' },
  'dangerous-tools-annotated': { gravity: 'low' },

  'bad-token-refused': { gravity: 'high', cwe: 863, mcpTop10: 'MCP07', aisvs: '10.2.2' },
  'session-of-its-user': { gravity: 'high', cwe: 639, ...AUTHENTICATION },
  'unknown-tool-refused': { gravity: 'low' },
  'invalid-arguments-refused': { gravity: 'medium', cwe: 20, aisvs: '10.4.4' },

  'resource-metadata': { gravity: 'medium', ...AUTHENTICATION },
  'challenge-leads-to-metadata': { gravity: 'medium', ...AUTHENTICATION },
  'resource-identical': { gravity: 'medium', ...AUTHENTICATION },
  'authorization-servers-named': { gravity: 'medium', ...AUTHENTICATION },
  'metadata-agrees': { gravity: 'medium', ...AUTHENTICATION },
  'metadata-json': { gravity: 'low' },
  'metadata-from-configuration': { gravity: 'high', cwe: 348, ...AUTHENTICATION },
  'tokens-in-headers': { gravity: 'medium', cwe: 598, ...SECRET },
  'no-offline-access': { gravity: 'low', mcpTop10: 'MCP02' },

  'server-metadata': { gravity: 'medium', ...AUTHENTICATION },
  'issuer-identical': { gravity: 'medium', cwe: 345, ...AUTHENTICATION },
  'server-metadata-complete': { gravity: 'medium' },
  'endpoints-over-tls': { gravity: 'high', cwe: 319, ...SECRET },
  'pkce-s256': { gravity: 'medium', ...AUTHENTICATION },
  'pkce-no-plain': { gravity: 'medium', cwe: 757, ...AUTHENTICATION },
  'no-dropped-grants': { gravity: 'medium', ...AUTHENTICATION },
  'issuer-in-answers-offered': { gravity: 'low', cwe: 345, ...AUTHENTICATION },
  'client-documents-offered': { gravity: 'low' },

  'registered-redirects-safe': { gravity: 'medium', cwe: 319, ...SECRET },
  'redirect-exact': { gravity: 'high', cwe: 601, ...SECRET },
  'pkce-required': { gravity: 'high', ...AUTHENTICATION },
  'issuer-in-answers': { gravity: 'medium', cwe: 345, ...AUTHENTICATION },
  'state-returned': { gravity: 'medium', cwe: 352, ...AUTHENTICATION },
  'consent-unframed': { gravity: 'medium', cwe: 1021, ...AUTHENTICATION },

  'code-once': { gravity: 'high', cwe: 294, ...SECRET },
  'refresh-replaced': { gravity: 'medium', cwe: 294, ...SECRET },

  'speaks-mcp': { gravity: 'high' },
  'answer-type': { gravity: 'low' },
  'version-refused': { gravity: 'medium' },
  'unknown-method-refused': { gravity: 'low' },
  'one-message': { gravity: 'medium', cwe: 799 },

  'discover-implemented': { gravity: 'medium' },
  'result-type': { gravity: 'low' },
  'header-mismatch-refused': { gravity: 'high', cwe: 436 },
  'header-missing-refused': { gravity: 'medium', cwe: 436 },
  'get-and-delete-refused': { gravity: 'low' },
  'no-session': { gravity: 'low' },

  'get-answered': { gravity: 'low' },
  'session-ends': { gravity: 'low', aisvs: '10.2.6' },
  'notification-accepted': { gravity: 'low' },
  'session-id-visible': { gravity: 'low' },
  'session-id-unguessable': { gravity: 'high', cwe: 330, ...AUTHENTICATION },
};

/** `CWE-306, OWASP MCP07:2025, AISVS 10.2.1`; empty if it stands in none. */
export const numbersOf = ({ cwe, mcpTop10, aisvs }: Classification): string =>
  [
    ...(cwe === undefined ? [] : [`CWE-${cwe}`]),
    ...(mcpTop10 === undefined ? [] : [`OWASP ${mcpTop10}:2025`]),
    ...(aisvs === undefined ? [] : [`AISVS ${aisvs}`]),
  ].join(', ');
