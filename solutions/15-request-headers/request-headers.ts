import { isUtf8 } from 'node:buffer';
import type {
  DetectRevision,
  RequireMatchingHeaders,
  SentMessage,
} from '../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../exercises/weather-server/errors.ts';

const VERSION_MEMBER = 'io.modelcontextprotocol/protocolVersion';
const REVISION_DATES = /\d{4}-\d{2}-\d{2}/g;

/**
 * The body decides, because the body is what will run; the header may only agree. Three shortcuts look
 * as good. To go by the header lets an old version in it switch the comparison off, for a body that is
 * served all the same. To go by the body alone serves a message without `_meta` as an old one, under
 * a header that promised a gateway the comparison. And to serve as old whatever is not a whole new
 * message does both.
 *
 * A header that is sent twice agrees with nothing: of two values each reader takes its own. Which
 * versions are spoken here is not decided here.
 */
export const detectRevision: DetectRevision = ({ headers, body }) => {
  const versions = headers['mcp-protocol-version'] ?? [];
  const named = memberOf(memberOf(memberOf(body, 'params'), '_meta'), VERSION_MEMBER);
  if (named === undefined) {
    // Revisions are dates, so that a later one is a greater text. Several lines may have become one on
    // the way (RFC 9110 §5.3), and a reader may take any of them.
    const dates = versions.flatMap((version) => version.match(REVISION_DATES) ?? []);
    if (dates.some((date) => date >= '2026-07-28')) {
      throw new InvalidMetadataError(`_meta has no ${VERSION_MEMBER}, and the header names one.`);
    }
    return '2025-11-25';
  }
  if (typeof named !== 'string') {
    throw new InvalidMetadataError(`${VERSION_MEMBER} is a text.`);
  }
  if (versions.length !== 1 || versions[0] !== named) {
    throw new HeaderMismatchError('MCP-Protocol-Version');
  }
  return '2026-07-28';
};

/** Which member of the parameters `Mcp-Name` repeats (MCP 2026-07-28, Standard Request Headers). */
const NAMES = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
]);

/**
 * Compares each header with the very member that will be used, so that whoever decided by the header
 * has decided about what happens. A missing header says nothing, a doubled one says two things, and
 * both are refused; a header without a member to go with it is as well, for somebody may have believed
 * it. Values are compared as they are: in case, in blanks, and in Unicode's different spellings.
 *
 * Does not look for repeated members in the text of the body: of those the last one is what was
 * parsed, and what is compared here. A tool's arguments are validated elsewhere.
 */
export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const params = memberOf(body, 'params');
  const method = memberOf(body, 'method');
  requireSame(headers, 'Mcp-Method', method, plain);
  const name = NAMES.get(String(method));
  if (name !== undefined) requireSame(headers, 'Mcp-Name', memberOf(params, name), decoded);
  for (const { header, argument } of mirrored) {
    requireSame(headers, header, memberOf(memberOf(params, 'arguments'), argument), decoded);
  }
};

function requireSame(
  headers: SentMessage['headers'],
  header: string,
  value: unknown,
  read: (text: string) => string | undefined,
): void {
  const sent = headers[header.toLowerCase()] ?? [];
  // Clients leave the header out for what is not there, or null.
  if (sent.length === 0 && (value === undefined || value === null)) return;
  const [text] = sent;
  const said = sent.length === 1 && text !== undefined ? read(text) : undefined;
  if (said === undefined || !says(said, value)) throw new HeaderMismatchError(header);
}

const INTEGER = /^-?(?:0|[1-9]\d*)(?:\.0+)?$/;

/** Numbers are compared as numbers, but only in a form that nobody reads as another one. */
const says = (text: string, value: unknown): boolean =>
  typeof value === 'number'
    ? INTEGER.test(text) && Number.isSafeInteger(value) && Number(text) === value
    : (typeof value === 'string' || typeof value === 'boolean') && text === String(value);

/** Header values are ASCII (RFC 9110 §5.5); what other bytes mean, each reader guesses for itself. */
const plain = (text: string): string | undefined =>
  /^[\t\x20-\x7e]*$/.test(text) ? text : undefined;

const ENCODED = /^=\?base64\?(.*)\?=$/;

/**
 * A plain value that looks encoded is decoded as well: honest clients encode it once more. Buffer makes
 * something of whatever it gets, and only what it would have written itself is read alike by everybody.
 */
function decoded(text: string): string | undefined {
  const [, base64] = ENCODED.exec(text) ?? [];
  if (base64 === undefined) return plain(text);
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** An own member of an object; undefined for everything else. */
const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, member)
    ? (value as Record<string, unknown>)[member]
    : undefined;
