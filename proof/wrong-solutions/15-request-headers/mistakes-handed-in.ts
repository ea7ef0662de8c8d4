import type {
  DetectRevision,
  MirroredArgument,
  RequireMatchingHeaders,
  SentMessage,
} from '../../../exercises/weather-server/controls.ts';
import {
  HeaderMismatchError,
  InvalidMetadataError,
} from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const VERSION = 'MCP-Protocol-Version';
const VERSION_MEMBER = 'io.modelcontextprotocol/protocolVersion';

type Values = readonly string[];
type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};

interface RevisionChoices {
  named?: (body: unknown) => unknown;
  before?: (body: unknown, named: unknown) => boolean;
  agrees?: (values: Values, named: unknown) => boolean;
  isNew?: (values: Values) => boolean;
}
const namedIn = (body: unknown): unknown =>
  membersOf(membersOf(membersOf(body)['params'])['_meta'])[VERSION_MEMBER];
const isNewDate = (value: string): boolean =>
  value.split(',').some((part) => part.trim() >= '2026-07-28');
const detectWith =
  ({
    named = namedIn,
    before = () => false,
    agrees = (values, version) => values.length === 1 && values[0] === version,
    isNew = (values) => values.some(isNewDate),
  }: RevisionChoices): DetectRevision =>
  ({ headers, body }) => {
    const values = headers['mcp-protocol-version'] ?? [];
    const version = named(body);
    if (before(body, version)) return '2025-11-25';
    if (version === undefined) {
      if (isNew(values)) throw new InvalidMetadataError('Name the version in _meta.');
      return '2025-11-25';
    }
    if (!agrees(values, version)) throw new HeaderMismatchError(VERSION);
    return '2026-07-28';
  };

interface MatchChoices {
  nameOf?: (method: unknown, params: Members) => { needed: boolean; value: unknown };
  asks?: (mirrored: readonly MirroredArgument[]) => readonly MirroredArgument[];
  isAbsent?: (value: unknown) => boolean;
  argumentsOf?: (params: Members) => Members;
  decode?: (value: string) => string | undefined;
  isPlain?: (value: string, header: string) => boolean;
  needsMethod?: (method: unknown) => boolean;
  sameText?: (said: string, value: unknown) => boolean;
  sameInteger?: (said: string, value: unknown) => boolean;
  one?: (values: Values, header: string) => string | undefined;
  alsoRefused?: (sent: SentMessage, mirrored: readonly MirroredArgument[]) => boolean;
}
const MEMBERS: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};
const ENCODED = /^=\?base64\?(.*)\?=$/;
const inUtf8 = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
const strictly = (base64: string): Buffer | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
};
const decode = (value: string): string | undefined => {
  const [, base64] = ENCODED.exec(value) ?? [];
  if (base64 === undefined) return value;
  const bytes = strictly(base64);
  return bytes && inUtf8(bytes);
};
const sameInteger = (said: string, value: unknown): boolean => {
  const [, digits] = /^(-?(?:0|[1-9]\d*))(?:\.0+)?$/.exec(said) ?? [];
  return (
    digits !== undefined && Number.isInteger(value) && BigInt(digits) === BigInt(value as number)
  );
};
const matchWith =
  (choices: MatchChoices): RequireMatchingHeaders =>
  (sent, mirrored) => {
    const {
      nameOf = (method, params) => {
        const member = typeof method === 'string' ? MEMBERS[method] : undefined;
        return { needed: member !== undefined, value: member && params[member] };
      },
      asks = (all) => all,
      isAbsent = (value) => value === undefined || value === null,
      argumentsOf = (params) => membersOf(params['arguments']),
      needsMethod = () => true,
      sameText = (said, value) => said === value,
      isPlain = (value) => /^[\x20-\x7e]*$/.test(value),
      one = (values) => (values.length === 1 ? values[0] : undefined),
      alsoRefused = () => false,
    } = choices;
    const compareInteger = choices.sameInteger ?? sameInteger;
    const read = choices.decode ?? decode;
    const said = (header: string, isEncodable: boolean): string => {
      const value = one(sent.headers[header.toLowerCase()] ?? [], header);
      if (value === undefined || !isPlain(value, header)) throw new HeaderMismatchError(header);
      const text = isEncodable ? read(value) : value;
      if (text === undefined) throw new HeaderMismatchError(header);
      return text;
    };
    const { method, params: sentParams } = membersOf(sent.body);
    const params = membersOf(sentParams);
    if (needsMethod(method) && said('Mcp-Method', false) !== method) {
      throw new HeaderMismatchError('Mcp-Method');
    }
    const { needed, value: name } = nameOf(method, params);
    if (needed && !sameText(said('Mcp-Name', true), name))
      throw new HeaderMismatchError('Mcp-Name');
    const args = argumentsOf(params);
    for (const { header, argument, type } of asks(mirrored)) {
      const value = args[argument];
      if (isAbsent(value)) continue;
      const same = type === 'integer' ? compareInteger : sameText;
      if (!same(said(header, true), value)) throw new HeaderMismatchError(header);
    }
    if (alsoRefused(sent, mirrored)) throw new HeaderMismatchError('Mcp-Param');
  };

const STICKY = /^=\?base64\?(.*)\?=$/g;
const numbersLike =
  (pattern: RegExp) =>
  (said: string, value: unknown): boolean =>
    pattern.test(said) && Number.isSafeInteger(value) && Number(said) === value;

const detect = (
  name: string,
  mistake: string,
  caughtBy: string[],
  choices: RevisionChoices,
): Mistake => ({
  name,
  mistake,
  caughtBy,
  controls: { detectRevision: detectWith(choices) },
});
const match = (
  name: string,
  mistake: string,
  caughtBy: string[],
  choices: MatchChoices,
): Mistake => ({
  name,
  mistake,
  caughtBy,
  controls: { requireMatchingHeaders: matchWith(choices) },
});

export const mistakes: Mistake[] = [
  detect(
    'body-names-an-older-one',
    'A version in the body that is older than 2026-07-28 makes an old message, before the header is looked at.',
    ['hd-hidden-revision', 'hd-any-version'],
    {
      before: (_body, named) => typeof named === 'string' && named < '2026-07-28',
    },
  ),
  detect(
    'later-is-unknown',
    'Under the header of a later version than ours a message without one is served as an old one.',
    ['hd-any-version'],
    { isNew: (values) => values.some((value) => value.split(/, */).includes('2026-07-28')) },
  ),
  detect(
    'date-of-the-header',
    'The version in the header is made a Date; two of them in one line are no date, and so no version.',
    ['hd-hidden-revision'],
    {
      isNew: (values) => values.some((value) => new Date(value) >= new Date('2026-07-28')),
    },
  ),
  detect(
    'first-of-the-header',
    'A message without a version is an old one if the first of several versions in the header is.',
    ['hd-hidden-revision'],
    {
      isNew: ([first]) => first !== undefined && first >= '2026-07-28',
    },
  ),
  detect(
    'last-of-the-header',
    'A message without a version is an old one if the last of several versions in the header is.',
    ['hd-hidden-revision'],
    {
      isNew: (values) => (values.at(-1) ?? '') >= '2026-07-28',
    },
  ),
  detect(
    'every-of-the-header',
    'A message without a version is refused only if every version in the header is a new one.',
    ['hd-hidden-revision'],
    {
      isNew: (values) => values.length > 0 && values.every((value) => value >= '2026-07-28'),
    },
  ),
  detect('equal-versions-twice', 'A version that comes twice is one version.', ['hd-any-version'], {
    agrees: (values, named) => values.length > 0 && values.every((value) => value === named),
  }),
  detect(
    'version-in-front',
    'A header that begins with the version agrees, whatever stands behind it.',
    ['hd-old-version'],
    {
      agrees: (values, named) => values.length === 1 && !!values[0]?.startsWith(String(named)),
    },
  ),
  detect(
    'whole-meta-only',
    'A message is a new one only if its _meta is whole; a version alone is overlooked.',
    ['hd-any-version'],
    {
      named: (body) => {
        const meta = membersOf(membersOf(membersOf(body)['params'])['_meta']);
        const isWhole = 'io.modelcontextprotocol/clientCapabilities' in meta;
        return isWhole ? meta[VERSION_MEMBER] : undefined;
      },
    },
  ),
  detect(
    'falsy-version',
    'It is asked whether the version is true, so that null and an empty text are none.',
    ['hd-any-version'],
    { named: (body) => namedIn(body) || undefined },
  ),
  detect(
    'crash-null-params',
    'The members are read as if each were an object, and null breaks it.',
    ['odd-messages-are-answered'],
    {
      named: (body) =>
        (body as { params?: { _meta?: Members } }).params === undefined
          ? undefined
          : (body as { params: { _meta?: Members } }).params._meta?.[VERSION_MEMBER],
    },
  ),
  detect(
    'crash-null-meta',
    'A _meta that is there is read as an object, and null breaks it.',
    ['odd-messages-are-answered'],
    {
      named: (body) => {
        const params = membersOf(membersOf(body)['params']);
        return '_meta' in params ? (params['_meta'] as Members)[VERSION_MEMBER] : undefined;
      },
    },
  ),
  detect(
    'notifications-are-old',
    'A message without an id is served as an old one, whatever it and its header say.',
    ['hd-any-version'],
    {
      before: (body) => !('id' in membersOf(body)),
    },
  ),
  match(
    'name-of-calls-only',
    'Mcp-Name is compared for tools/call, and prompts and resources are forgotten.',
    ['hd-other-kinds'],
    {
      nameOf: (method, params) => ({ needed: method === 'tools/call', value: params['name'] }),
    },
  ),
  match(
    'name-or-uri',
    'The first of name and uri that is there is compared, and what is read is the uri.',
    ['hd-other-kinds'],
    {
      nameOf: (method, params) => ({
        needed: ['tools/call', 'prompts/get', 'resources/read'].includes(String(method)),
        value: params['name'] ?? params['uri'],
      }),
    },
  ),
  match(
    'name-wherever-there-is-one',
    'Whatever has a name or a uri needs Mcp-Name, whichever method it is.',
    ['hd-other-kinds', 'other-servers-clients'],
    {
      nameOf: (_method, params) => {
        const value = params['name'] ?? params['uri'];
        return { needed: value !== undefined, value };
      },
    },
  ),
  match(
    'first-mirrored-only',
    'Of the headers that a tool declares the first is compared.',
    ['hd-other-arguments'],
    {
      asks: (all) => all.slice(0, 1),
    },
  ),
  match(
    'zero-needs-no-header',
    'What is false to JavaScript counts as absent, zero and an empty text included.',
    ['hd-other-arguments'],
    { isAbsent: (value) => !value },
  ),
  match(
    'empty-needs-no-header',
    'An empty text counts as absent, and needs no header.',
    ['hd-other-arguments'],
    {
      isAbsent: (value) => value === undefined || value === null || value === '',
    },
  ),
  match(
    'crash-no-arguments',
    'Arguments are read as if there always were some.',
    ['what-is-absent-needs-no-header', 'other-servers-clients'],
    {
      argumentsOf: (params) => params['arguments'] as Members,
    },
  ),
  match(
    'sticky-pattern',
    'A pattern with the flag g remembers where it stopped, and overlooks the next encoded value.',
    ['plain-names-in-base64'],
    {
      decode: (value) => (STICKY.test(value) ? decode(value) : value),
    },
  ),
  match(
    'lenient-base64',
    'Buffer makes something of any base64, also of what is broken.',
    ['hd-other-report'],
    {
      decode: (value) => {
        const [, base64] = ENCODED.exec(value) ?? [];
        return base64 === undefined ? value : inUtf8(Buffer.from(base64, 'base64'));
      },
    },
  ),
  match(
    'atob-base64',
    'atob decodes base64 without its padding, which a strict reader leaves as it is.',
    ['hd-other-report'],
    {
      decode: (value) => {
        const [, base64] = ENCODED.exec(value) ?? [];
        if (base64 === undefined) return value;
        try {
          return inUtf8(Buffer.from(atob(base64), 'latin1'));
        } catch {
          return undefined;
        }
      },
    },
  ),
  match(
    'broken-base64-is-plain',
    'What looks encoded and cannot be decoded is compared as it stands.',
    ['hd-other-report'],
    {
      decode: (value) => {
        const [, base64] = ENCODED.exec(value) ?? [];
        if (base64 === undefined) return value;
        const bytes = strictly(base64);
        return bytes ? inUtf8(bytes) : value;
      },
    },
  ),
  match(
    'alphabet-in-the-pattern',
    'Only what is base64 inside looks encoded, so that broken base64 is a plain value.',
    ['hd-other-report'],
    {
      decode: (value) => (/^=\?base64\?[\w+/]+=*\?=$/.test(value) ? decode(value) : value),
    },
  ),
  match(
    'bom-lost',
    'TextDecoder takes a byte order mark in front away, and with it the difference.',
    ['hd-other-report'],
    {
      decode: (value) => {
        const [, base64] = ENCODED.exec(value) ?? [];
        if (base64 === undefined) return value;
        try {
          const bytes = strictly(base64);
          return bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        } catch {
          return undefined;
        }
      },
    },
  ),
  match(
    'replacement-character',
    'Bytes that are no UTF-8 become a replacement character, and fit a body that has one.',
    ['hd-other-report'],
    {
      decode: (value) => {
        const [, base64] = ENCODED.exec(value) ?? [];
        return base64 === undefined ? value : strictly(base64)?.toString('utf8');
      },
    },
  ),
  match(
    'bytes-of-the-body',
    'The body is turned into bytes, where half a character becomes a replacement character.',
    ['hd-other-report'],
    {
      sameText: (said, value) => Buffer.from(said).equals(Buffer.from(String(value))),
    },
  ),
  match(
    'encoded-any-case',
    'The wrapper of base64 is recognised in capitals as well; to a gateway that is plain text.',
    ['hd-other-report'],
    {
      decode: (value) => decode(value.replace(/^=\?base64\?/i, '=?base64?')),
    },
  ),
  match(
    'encoded-by-its-start',
    'What begins like an encoded value is decoded, whether or not it ends like one.',
    ['hd-other-report', 'names-that-look-encoded'],
    {
      decode: (value) =>
        value.startsWith('=?base64?')
          ? inUtf8(Buffer.from(value.slice(9).replace(/\?=$/, ''), 'base64'))
          : value,
    },
  ),
  match(
    'encoded-within',
    'A part of a value that looks encoded is decoded in its place, as in the headers of mail.',
    ['hd-other-report'],
    {
      decode: (value) =>
        value.replaceAll(/=\?base64\?(.*?)\?=/g, (_all, base64: string) =>
          Buffer.from(base64, 'base64').toString(),
        ),
    },
  ),
  match(
    'method-of-calls-only',
    'Mcp-Method is compared for calls of tools, and other methods are believed.',
    ['hd-other-kinds'],
    { needsMethod: (method) => method === 'tools/call' },
  ),
  match(
    'utf8-bytes',
    'Bytes that are no ASCII are read as UTF-8; a gateway may read Latin-1.',
    ['hd-other-report'],
    {
      isPlain: () => true,
      decode: (value) => decode(Buffer.from(value, 'latin1').toString('utf8')),
    },
  ),
  match(
    'plain-params-only',
    'Only headers of arguments are asked to be ASCII, and Mcp-Name is not.',
    ['hd-other-kinds'],
    {
      isPlain: (value, header) => !header.startsWith('Mcp-Param') || /^[\x20-\x7e]*$/.test(value),
    },
  ),
  match(
    'decimal-of-many-places',
    'A decimal is rounded to the number that it nearly is.',
    ['hd-other-alert'],
    {
      sameInteger: numbersLike(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/),
    },
  ),
  match(
    'big-integers',
    'Numbers are compared after rounding, which makes one of two large ones.',
    ['hd-other-arguments'],
    {
      sameInteger: (said, value) =>
        /^-?(?:0|[1-9]\d*)(?:\.0+)?$/.test(said) && Number(said) === value,
    },
  ),
  match('trailing-point', 'A point with nothing behind it is let pass.', ['hd-other-alert'], {
    sameInteger: numbersLike(/^-?(?:0|[1-9]\d*)(?:\.0*)?$/),
  }),
  match('no-negatives', 'Numbers below zero are no numbers.', ['other-servers-clients'], {
    sameInteger: numbersLike(/^(?:0|[1-9]\d*)(?:\.0+)?$/),
  }),
  match(
    'no-zero',
    'A number begins with a digit that is not zero, and zero is none.',
    ['other-servers-clients'],
    {
      sameInteger: numbersLike(/^-?[1-9]\d*(?:\.0+)?$/),
    },
  ),
  match('plus-sign', 'A sign in front of a number is let pass.', ['hd-other-alert'], {
    sameInteger: numbersLike(/^[+-]?(?:0|[1-9]\d*)(?:\.0+)?$/),
  }),
  match(
    'integers-never-encoded',
    'A number in base64 is refused, though a client may encode any value.',
    ['plain-names-in-base64'],
    {
      // The decoded text is refused if it is not what was sent.
      alsoRefused: ({ headers }, mirrored) =>
        mirrored.some(
          ({ header, type }) =>
            type === 'integer' && !!headers[header.toLowerCase()]?.[0]?.startsWith('=?'),
        ),
    },
  ),
  match(
    'equal-values-twice',
    'A header that comes twice with one value comes once.',
    ['hd-other-kinds'],
    {
      one: (values) => (new Set(values).size === 1 ? values[0] : undefined),
    },
  ),
  match(
    'arguments-may-come-twice',
    'Of a header for an argument that comes twice the last value is compared.',
    ['hd-twice'],
    {
      one: (values, header) =>
        values.length === 1 || header.startsWith('Mcp-Param-') ? values.at(-1) : undefined,
    },
  ),
];
