/** Links to what the catalogue cites. Section numbers were checked against the documents. */
import type { Reference } from '../../lab/attack.ts';

export const rfc = (number: number, section: string): Reference => ({
  label: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});

export const cwe = (number: number, name: string): Reference => ({
  label: `CWE-${number} ${name}`,
  url: `https://cwe.mitre.org/data/definitions/${number}.html`,
});

/** MCP 2025-11-25, which most clients speak. */
export const mcp = (page: string, anchor: string, title: string): Reference => ({
  label: `MCP 2025-11-25, ${title}`,
  url: `https://modelcontextprotocol.io/specification/2025-11-25/${page}#${anchor}`,
});

/** MCP 2026-07-28, the stateless revision. */
export const statelessMcp = (page: string, anchor: string, title: string): Reference => ({
  label: `MCP 2026-07-28, ${title}`,
  url: `https://modelcontextprotocol.io/specification/2026-07-28/${page}#${anchor}`,
});

export const link = (label: string, url: string): Reference => ({ label, url });
