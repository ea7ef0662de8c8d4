/**
 * A gateway in front of an MCP server, as companies put one there: it reads headers, never bodies, and
 * lets requests pass or stops them. It only decides; what passes is sent on as it came.
 */
import { isUtf8 } from 'node:buffer';

const VERSION_HEADER = 'mcp-protocol-version';

export interface GatewayPolicy {
  /** The only tools that may be called; other methods may be used freely. */
  tools?: string[] | undefined;
  /** Tools that may not be called. */
  deniedTools?: string[] | undefined;
  /** Reports that may not be read. */
  deniedReports?: string[] | undefined;
  /** Alerts that may not be deleted. */
  deniedAlerts?: string[] | undefined;
  /** What it does about a method or a name that is not there: some have nothing to object then. */
  missing?: 'passes' | 'stops' | undefined;
  /** Which one it reads of a header that was sent several times. */
  ofSeveral?: 'first' | 'last' | undefined;
  /** Whether it asks for a version under which the server compares (a SHOULD of MCP 2026-07-28). */
  versions?: 'only compared ones' | 'any' | undefined;
  /** How it reads bytes that are no ASCII. */
  bytes?: 'latin-1' | 'utf-8' | undefined;
  /** What it makes of base64 or UTF-8 that is broken: what it can, or nothing, so that it stays as it is. */
  broken?: 'decoded' | 'as it is' | undefined;
}

/** What a gateway took a request for. */
export interface Believed {
  version: string | undefined;
  method: string | undefined;
  name: string | undefined;
  /** `Mcp-Param-…`, by names in lower case. */
  parameters: Record<string, string>;
}

export type GatewayDecision =
  | { passes: true; believed: Believed }
  | { passes: false; why: string; believed: Believed };

/** @param headers as sent: a header may come several times */
export function askGateway(policy: GatewayPolicy, headers: [string, string][]): GatewayDecision {
  const read = (name: string): string | undefined => {
    const values = headers.flatMap(([other, value]) => {
      if (other.toLowerCase() !== name) return [];
      // Several versions in one line are what they are in several (RFC 9110 §5.3).
      return name === VERSION_HEADER ? value.split(',').map((one) => one.trim()) : [value];
    });
    return policy.ofSeveral === 'last' ? values.at(-1) : values[0];
  };
  const readValue = (name: string): string | undefined => {
    const text = read(name);
    return text === undefined ? undefined : decodeValue(text, policy);
  };
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const parameters: Record<string, string> = {};
  for (const name of names) {
    const value = name.startsWith('mcp-param-') ? readValue(name) : undefined;
    if (value !== undefined) parameters[name] = value;
  }
  const believed: Believed = {
    version: read(VERSION_HEADER),
    method: read('mcp-method'),
    name: readValue('mcp-name'),
    parameters,
  };
  const why = whyStopped(policy, believed);
  return why === undefined ? { passes: true, believed } : { passes: false, why, believed };
}

function whyStopped(
  { tools, deniedTools = [], deniedReports = [], deniedAlerts = [], ...others }: GatewayPolicy,
  { version, method, name, parameters }: Believed,
): string | undefined {
  if (others.versions !== 'any' && version !== '2026-07-28') {
    return 'its version does not promise that the server compares headers with the body';
  }
  if (method === undefined || (method === 'tools/call' && name === undefined)) {
    return others.missing === 'passes' ? undefined : 'it does not say what it asks for';
  }
  if (method !== 'tools/call' || name === undefined) return undefined;
  if (deniedTools.includes(name) || (tools && !tools.includes(name))) {
    return `the tool ${name} may not be called`;
  }
  const { 'mcp-param-report': report, 'mcp-param-alert': alert } = parameters;
  if (report !== undefined && deniedReports.includes(report)) return `${report} may not be read`;
  if (alert !== undefined && deniedAlerts.includes(alert))
    return `alert ${alert} may not be deleted`;
  return undefined;
}

/** Decodes a value (MCP 2026-07-28, Value Encoding). */
function decodeValue(text: string, { bytes: read, broken }: GatewayPolicy): string {
  const [, base64] = /^=\?base64\?(.*)\?=$/.exec(text) ?? [];
  if (base64 === undefined) {
    return read === 'utf-8' ? Buffer.from(text, 'latin1').toString('utf8') : text;
  }
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = bytes.toString('base64') === base64 && isUtf8(bytes);
  return isWhole || broken !== 'as it is' ? bytes.toString('utf8') : text;
}
