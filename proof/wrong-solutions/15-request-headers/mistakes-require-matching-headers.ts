import { isUtf8 } from 'node:buffer';
import type {
  MirroredArgument,
  RequireMatchingHeaders,
  SentMessage,
} from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

interface Pair {
  header: string;
  /** Every value that was sent. */
  sent: readonly string[];
  /** What the body says. */
  value: unknown;
  type: 'method' | 'name' | MirroredArgument['type'];
}

/** The headers that should be there, each beside what it repeats. Nothing is wrong with this part. */
function pairsOf({ headers, body }: SentMessage, mirrored: readonly MirroredArgument[]): Pair[] {
  const { method, params } = body as {
    method: string;
    params?: { name?: unknown; uri?: unknown; arguments?: Record<string, unknown> | null };
  };
  const pair = (header: string, value: unknown, type: Pair['type']): Pair => ({
    header,
    sent: headers[header.toLowerCase()] ?? [],
    value,
    type,
  });
  const names: Record<string, unknown> = {
    'tools/call': params?.name,
    'prompts/get': params?.name,
    'resources/read': params?.uri,
  };
  return [
    pair('Mcp-Method', method, 'method'),
    ...(Object.hasOwn(names, method) ? [pair('Mcp-Name', names[method], 'name')] : []),
    ...mirrored.map(({ header, argument, type }) =>
      pair(header, params?.arguments?.[argument], type),
    ),
  ];
}

const isAscii = (text: string): boolean => /^[\t\x20-\x7e]*$/.test(text);

function bytesIn(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}

function decode(text: string): string | undefined {
  const [, base64] = /^=\?base64\?(.*)\?=$/.exec(text) ?? [];
  if (base64 === undefined) return isAscii(text) ? text : undefined;
  const bytes = bytesIn(base64);
  return bytes && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

const sameNumber = (text: string, value: number): boolean =>
  /^-?(?:0|[1-9]\d*)(?:\.0+)?$/.test(text) && Number.isSafeInteger(value) && Number(text) === value;

/** Of a number, those in front. */
const withoutZeros = (text = ''): string => text.replace(/^(-?)0+(?=\d)/, '$1');

const same = (text: string | undefined, value: unknown): boolean =>
  text !== undefined &&
  (typeof value === 'number' ? sameNumber(text, value) : text === String(value));

/** Right, but for how it decides whether one header says what the body says. */
const comparing =
  (fits: (pair: Pair) => boolean): RequireMatchingHeaders =>
  (sent, mirrored) => {
    for (const pair of pairsOf(sent, mirrored)) {
      if (!fits(pair)) throw new HeaderMismatchError(pair.header);
    }
  };

const isAbsent = ({ sent, value }: Pair): boolean =>
  sent.length === 0 && (value === undefined || value === null);

const read = ({ type }: Pair, text: string): string | undefined =>
  type === 'method' ? (isAscii(text) ? text : undefined) : decode(text);

/** As it should be. */
const fitsRightly = (pair: Pair): boolean => {
  const [text = ''] = pair.sent;
  return isAbsent(pair) || (pair.sent.length === 1 && same(read(pair, text), pair.value));
};

/** As it should be, but for the comparison of one value. */
const comparingOneBy = (fits: (text: string, pair: Pair) => boolean): RequireMatchingHeaders =>
  comparing((pair) => {
    const [text = ''] = pair.sent;
    return isAbsent(pair) || (pair.sent.length === 1 && fits(text, pair));
  });

const without = (type: Pair['type'][]): RequireMatchingHeaders =>
  comparing((pair) => type.includes(pair.type) || fitsRightly(pair));

export const mistakes: Mistake[] = [
  {
    name: 'what-is-missing-fits',
    mistake: 'Headers are compared if they are there; one that is left out contradicts nothing.',
    caughtBy: ['hd-missing', 'hd-other-kinds', 'hd-other-arguments'],
    controls: {
      requireMatchingHeaders: comparing((pair) => pair.sent.length === 0 || fitsRightly(pair)),
    },
  },
  {
    name: 'arguments-may-be-left-out',
    mistake: 'Only Mcp-Method and Mcp-Name are required; a header of an argument may be left out.',
    caughtBy: ['hd-missing', 'hd-other-arguments'],
    controls: {
      requireMatchingHeaders: comparing(
        (pair) =>
          (pair.sent.length === 0 && pair.header.startsWith('Mcp-Param-')) || fitsRightly(pair),
      ),
    },
  },
  {
    name: 'an-empty-header-is-none',
    mistake:
      'An empty header is taken for one that is not there, and for that nothing is compared.',
    caughtBy: ['hd-missing'],
    controls: {
      requireMatchingHeaders: comparing((pair) => pair.sent[0] === '' || fitsRightly(pair)),
    },
  },
  {
    name: 'the-first-of-several',
    mistake:
      'Of a header that comes twice the first value is compared, and the gateway may read the last.',
    caughtBy: ['hd-twice', 'hd-other-kinds'],
    controls: {
      requireMatchingHeaders: comparing((pair) =>
        fitsRightly({ ...pair, sent: pair.sent.slice(0, 1) }),
      ),
    },
  },
  {
    name: 'the-last-of-several',
    mistake:
      'Of a header that comes twice the last value is compared, and the gateway may read the first.',
    caughtBy: ['hd-twice', 'hd-other-kinds'],
    controls: {
      requireMatchingHeaders: comparing((pair) =>
        fitsRightly({ ...pair, sent: pair.sent.slice(-1) }),
      ),
    },
  },
  {
    name: 'one-of-several-fits',
    mistake: 'Of a header that comes twice, one value that fits is enough.',
    caughtBy: ['hd-twice', 'hd-other-kinds'],
    controls: {
      requireMatchingHeaders: comparing(
        (pair) =>
          isAbsent(pair) || pair.sent.some((text) => fitsRightly({ ...pair, sent: [text] })),
      ),
    },
  },
  {
    name: 'nothing-is-decoded',
    mistake: 'Headers are compared as they were sent, so that no name in base64 ever fits.',
    caughtBy: [
      'hd-other-report',
      'names-of-every-script',
      'names-that-look-encoded',
      'plain-names-in-base64',
    ],
    controls: {
      requireMatchingHeaders: comparingOneBy(
        (text, { value }) => isAscii(text) && same(text, value),
      ),
    },
  },
  {
    name: 'as-sent-or-decoded',
    mistake:
      'A header fits if it does as it was sent or once decoded; a gateway knows one reading only.',
    caughtBy: ['hd-other-report'],
    controls: {
      requireMatchingHeaders: comparingOneBy(
        (text, pair) =>
          (isAscii(text) && same(text, pair.value)) || same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'the-body-is-decoded-as-well',
    mistake: 'Header and body are both decoded, though a text in the body means itself.',
    caughtBy: ['hd-other-report', 'names-that-look-encoded'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        same(
          read(pair, text),
          typeof pair.value === 'string' ? (decode(pair.value) ?? pair.value) : pair.value,
        ),
      ),
    },
  },
  {
    name: 'decoded-until-nothing-is-encoded',
    mistake: 'What is still encoded after decoding is decoded again, though it is the name.',
    caughtBy: ['names-that-look-encoded'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) => {
        const once = read(pair, text);
        const isName = pair.type !== 'method' && once !== undefined && once !== text;
        return same(isName ? (decode(once) ?? once) : once, pair.value);
      }),
    },
  },
  {
    name: 'base64-of-latin-1',
    mistake: 'Encoded bytes are read as Latin-1, so that no name beyond it fits.',
    caughtBy: ['names-of-every-script'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) => {
        const [, base64] = /^=\?base64\?(.*)\?=$/.exec(text) ?? [];
        const isEncoded = base64 !== undefined && pair.type !== 'method';
        return same(isEncoded ? bytesIn(base64)?.toString('latin1') : read(pair, text), pair.value);
      }),
    },
  },
  {
    name: 'the-body-is-encoded-and-compared',
    mistake:
      'The body’s value is encoded as a client would, and the texts compared; a client that encodes without need is refused.',
    caughtBy: ['plain-names-in-base64'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, { value, type }) => {
        const plain = String(value);
        const mayStay =
          isAscii(plain) && plain.trim() === plain && !/^=\?base64\?.*\?=$/.test(plain);
        return mayStay || type === 'method'
          ? text === plain
          : plain.isWellFormed() && text === `=?base64?${Buffer.from(plain).toString('base64')}?=`;
      }),
    },
  },
  {
    name: 'case-does-not-matter',
    mistake: 'Names of headers have no case, so their values are compared without it as well.',
    caughtBy: ['hd-other-tool', 'hd-other-method', 'hd-other-report'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        same(
          read(pair, text)?.toLowerCase(),
          typeof pair.value === 'string' ? pair.value.toLowerCase() : pair.value,
        ),
      ),
    },
  },
  {
    name: 'case-of-methods-does-not-matter',
    mistake: 'Methods are compared without regard to case; to a gateway they are others.',
    caughtBy: ['hd-other-method'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        pair.type === 'method'
          ? text.toLowerCase() === String(pair.value).toLowerCase()
          : same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'methods-are-decoded-too',
    mistake:
      'Mcp-Method is decoded like the others; it has no encoded form, and a gateway reads it as it is.',
    caughtBy: ['hd-other-method'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, { value }) => same(decode(text), value)),
    },
  },
  {
    name: 'the-end-of-the-method',
    mistake: 'Of a method only its last part is compared.',
    caughtBy: ['hd-other-method'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        pair.type === 'method'
          ? String(pair.value).endsWith(text) && text !== ''
          : same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'blanks-do-not-matter',
    mistake: 'Blanks around a decoded value are taken away before it is compared.',
    caughtBy: ['hd-other-tool', 'hd-other-report', 'hd-other-alert'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        same(
          read(pair, text)?.trim(),
          typeof pair.value === 'string' ? pair.value.trim() : pair.value,
        ),
      ),
    },
  },
  {
    name: 'unicode-is-normalized',
    mistake: 'Texts are normalized before they are compared, so that two spellings are one.',
    caughtBy: ['hd-other-report'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        same(
          read(pair, text)?.normalize('NFC'),
          typeof pair.value === 'string' ? pair.value.normalize('NFC') : pair.value,
        ),
      ),
    },
  },
  {
    name: 'any-bytes-in-a-header',
    mistake: 'Bytes that are no ASCII are compared as Node reads them; a gateway may read UTF-8.',
    caughtBy: ['hd-other-report', 'hd-other-kinds'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) => {
        const isEncoded = /^=\?base64\?.*\?=$/.test(text) && pair.type !== 'method';
        return same(isEncoded ? decode(text) : text, pair.value);
      }),
    },
  },
  {
    name: 'whatever-becomes-the-number',
    mistake:
      'A header fits if JavaScript makes the same number of it, which it does of many texts.',
    caughtBy: ['hd-other-alert'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        typeof pair.value === 'number'
          ? Number.isSafeInteger(pair.value) && Number(decode(text)) === pair.value
          : same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'the-number-it-begins-with',
    mistake: 'parseInt reads as far as it understands, and forgets the rest.',
    caughtBy: ['hd-other-alert'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        typeof pair.value === 'number'
          ? Number.isSafeInteger(pair.value) &&
            Number.parseInt(decode(text) ?? '', 10) === pair.value
          : same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'zeros-in-front',
    mistake:
      'Zeros in front of a number are let pass; a gateway that compares texts reads another.',
    caughtBy: ['hd-other-alert'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        typeof pair.value === 'number'
          ? /^-?\d+$/.test(decode(text) ?? '') && sameNumber(withoutZeros(decode(text)), pair.value)
          : same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'the-beginning-of-the-name',
    mistake: 'A header that begins with the name of the tool fits; a version may follow, it seems.',
    caughtBy: ['hd-other-tool'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        pair.type === 'name'
          ? (decode(text)?.startsWith(String(pair.value)) ?? false)
          : same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'the-name-contains-it',
    mistake: 'A part of the name in the header is enough.',
    caughtBy: ['hd-other-tool', 'hd-missing'],
    controls: {
      requireMatchingHeaders: comparingOneBy((text, pair) =>
        pair.type === 'name'
          ? String(pair.value).includes(decode(text) ?? '\0')
          : same(read(pair, text), pair.value),
      ),
    },
  },
  {
    name: 'names-are-not-compared',
    mistake: 'The method and the arguments are compared, and the name of the tool is not.',
    caughtBy: ['hd-other-tool', 'hd-missing', 'hd-twice', 'hd-other-kinds'],
    controls: { requireMatchingHeaders: without(['name']) },
  },
  {
    name: 'methods-are-not-compared',
    mistake: 'What is called is compared, and whether it is a call at all is not.',
    caughtBy: ['hd-other-method', 'hd-missing', 'hd-twice', 'hd-other-kinds'],
    controls: { requireMatchingHeaders: without(['method']) },
  },
  {
    name: 'arguments-are-not-compared',
    mistake: 'The two standard headers are compared, and those that a tool declares are not.',
    caughtBy: ['hd-missing', 'hd-twice', 'hd-other-report', 'hd-other-alert', 'hd-other-arguments'],
    controls: { requireMatchingHeaders: without(['string', 'integer']) },
  },
  {
    name: 'numbers-are-not-compared',
    mistake: 'Texts are compared, and numbers left alone, for they could be written in many ways.',
    caughtBy: ['hd-missing', 'hd-other-alert', 'hd-other-arguments'],
    controls: { requireMatchingHeaders: without(['integer']) },
  },
  {
    name: 'every-declared-header-is-required',
    mistake: 'A header is wanted for an argument that was not sent, and honest clients send none.',
    caughtBy: ['what-is-absent-needs-no-header', 'other-servers-clients'],
    controls: {
      requireMatchingHeaders: comparing((pair) => pair.sent.length > 0 && fitsRightly(pair)),
    },
  },
  {
    name: 'null-is-a-text',
    mistake: 'An argument of null is compared with the text “null”, which no client sends.',
    caughtBy: ['what-is-absent-needs-no-header'],
    controls: {
      requireMatchingHeaders: comparing(
        (pair) =>
          (pair.sent.length === 0 && pair.value === undefined) ||
          (pair.sent.length === 1 && same(read(pair, pair.sent[0] ?? ''), pair.value)),
      ),
    },
  },
  {
    name: 'unknown-parameters-are-refused',
    mistake:
      'A header Mcp-Param-… that the tool does not declare is refused; others may have added it.',
    caughtBy: ['headers-nobody-declared'],
    controls: {
      requireMatchingHeaders(sent, mirrored) {
        const declared = new Set(mirrored.map(({ header }) => header.toLowerCase()));
        const unknown = Object.keys(sent.headers).find(
          (name) => name.startsWith('mcp-param-') && !declared.has(name),
        );
        if (unknown !== undefined) throw new HeaderMismatchError(unknown);
        comparing(fitsRightly)(sent, mirrored);
      },
    },
  },
  {
    name: 'names-for-calls-only',
    mistake: 'Mcp-Name on a request that has no name is refused, though it decides nothing there.',
    caughtBy: ['headers-nobody-declared'],
    controls: {
      requireMatchingHeaders(sent, mirrored) {
        const hasName = pairsOf(sent, mirrored).some(({ type }) => type === 'name');
        if (!hasName && sent.headers['mcp-name']) throw new HeaderMismatchError('Mcp-Name');
        comparing(fitsRightly)(sent, mirrored);
      },
    },
  },
  {
    name: 'only-methods-of-the-older-revision',
    mistake:
      'The list of methods that are let through is that of 2025-11-25, without server/discover.',
    caughtBy: ['new-clients-list-and-call'],
    controls: {
      requireMatchingHeaders(sent, mirrored) {
        const known = [
          'ping',
          'tools/list',
          'tools/call',
          'prompts/list',
          'prompts/get',
          'resources/list',
          'resources/read',
          'completion/complete',
          'logging/setLevel',
        ];
        const { method } = sent.body as { method: string };
        if (!known.includes(method)) throw new HeaderMismatchError('Mcp-Method');
        comparing(fitsRightly)(sent, mirrored);
      },
    },
  },
];
