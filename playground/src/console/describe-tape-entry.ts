import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';

/** One entry of the tape as one readable line. */
export interface TapeLine {
  /** What kind of thing happened. */
  label: string;
  /** What exactly; may contain anything an attacker sent. */
  detail: string;
}

export function describeTapeEntry(entry: TapeEntry): TapeLine {
  switch (entry.kind) {
    case 'token':
      return { label: `token ${entry.decision}`, detail: entry.detail };
    case 'limit': {
      const wait =
        entry.retryAfterMs === undefined ? '' : `, again in ${entry.retryAfterMs / 1000} s`;
      return { label: `call ${entry.decision}`, detail: `${entry.tool}${wait}` };
    }
    case 'tool':
      return {
        label: 'tool ran',
        detail: `${entry.tool}(${JSON.stringify(entry.arguments)}) for ${entry.subject || 'nobody'}`,
      };
    case 'sql':
      return { label: 'SQL', detail: `${describeQuery(entry)}${sqlResult(entry)}` };
    case 'shell':
      return {
        label: entry.shell ? 'shell line' : 'program',
        detail: `${describeCommand(entry)} → exit code ${entry.exitCode}`,
      };
    case 'file': {
      const target =
        entry.resolved === undefined || entry.resolved === entry.path ? '' : ` → ${entry.resolved}`;
      const error = entry.error === undefined ? '' : ` → ${entry.error}`;
      return { label: `file ${entry.operation}`, detail: `${entry.path}${target}${error}` };
    }
    case 'upstream':
      return {
        label: entry.expected ? 'asked upstream' : 'contacted a stranger',
        detail: `${entry.url}${entry.keyShown && !entry.expected ? ' with the API key' : ''} → ${entry.status}`,
      };
    case 'message':
      return { label: 'reached the messages', detail: entry.method };
    case 'web':
      return {
        label: entry.inside ? 'reached a machine inside' : 'fetched from the web',
        detail: `${entry.url} at ${entry.address} → ${entry.status}, ${entry.bytes} bytes read${entry.heldMs < 1000 ? '' : ` in ${Math.round(entry.heldMs / 1000)} s`}`,
      };
    case 'opened':
      return {
        label: 'opened',
        detail: `${entry.address} ${entry.as === 'page' ? 'in the browser' : `as ${OPENED_AS[entry.as]}`}`,
      };
    case 'sent':
      return {
        label: 'sent',
        detail: `${entry.carried.join(', ') || 'nothing'} to ${entry.url} at ${entry.address}`,
      };
    case 'started':
      return {
        label: entry.asked ? 'started' : 'started unasked',
        detail: `${JSON.stringify(entry.argv)} with ${JSON.stringify(entry.env)}`,
      };
    case 'third-party':
      return {
        label: 'asked the third party',
        detail: `${entry.shown.trimEnd()} → ${entry.status}`,
      };
    case 'gate':
      return { label: `gate ${entry.decision}`, detail: entry.gate };
    case 'refusal':
      return { label: 'refused', detail: `${entry.control}: ${entry.reason}` };
    case 'audit':
      return { label: 'audit line', detail: entry.line };
    case 'fault':
      return { label: 'fault', detail: `${entry.control}: ${entry.message}` };
  }
}

const OPENED_AS = {
  script: 'a script',
  file: 'a file',
  program: 'an address of another program',
  option: 'an option of the opener',
  shell: 'something for a shell',
} as const;

function describeQuery({ sql, parameters }: Extract<TapeEntry, { kind: 'sql' }>): string {
  return parameters.length === 0
    ? `${sql} (no parameters)`
    : `${sql} with ${parameters.map((value, i) => `$${i + 1} = ${JSON.stringify(value)}`).join(', ')}`;
}

function sqlResult({ rows, error }: Extract<TapeEntry, { kind: 'sql' }>): string {
  if (error !== undefined) return ` → ${error}`;
  return rows === undefined ? '' : ` → ${rows === 1 ? '1 row' : `${rows} rows`}`;
}

/** A shell takes one line; a program takes a vector, whose borders the brackets show. */
function describeCommand({ argv, shell }: Extract<TapeEntry, { kind: 'shell' }>): string {
  return shell ? argv.join(' ') : JSON.stringify(argv);
}
