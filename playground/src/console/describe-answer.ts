import type { Exchange } from '../../../lab/protocol.ts';

/** Reason phrases of RFC 9110 §15, for the codes that occur here. */
const phrases: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  302: 'Found',
  303: 'See Other',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

export function describeStatus({ status, failure }: Exchange['response']): string {
  if (status === 0) return failure ? `No answer: ${failure}` : 'No answer';
  return phrases[status] ? `${status} ${phrases[status]}` : String(status);
}

/** The answer in a few words: MCP reports most errors inside a 200. Never used to judge. */
export function describeAnswer(response: Exchange['response']): string {
  const status = describeStatus(response);
  const start = response.body.slice(0, 100_000);
  if (/"isError"\s*:\s*true/.test(start)) return `${status}, tool error`;
  const code = /"error"\s*:\s*\{\s*"code"\s*:\s*(-?\d+)/.exec(start)?.[1];
  return code === undefined ? status : `${status}, JSON-RPC error ${code}`;
}
