/** Names that are different, and that some way of writing, comparing or shortening them takes for one. */

const percented = (sign: string): string =>
  `%${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;

/** What is a name of its own, and what somebody else’s becomes if a sign is escaped and its escape is not. */
function escapedNames(sign: string): string[] {
  const code = percented(sign);
  return [
    `c${sign}d`,
    `c${code}d`,
    `c${code.toLowerCase()}d`,
    `c\\${sign}d`,
    `c${sign}${sign}d`,
    `%${sign}`,
    `%${code}`,
    `%25${code.slice(1)}`,
    `${sign}%${sign}`,
    `${sign}%${code}`,
    `${code}%${sign}`,
  ];
}

/** In each group no two are the same text. */
const GROUPS = {
  'capitals and small letters': [
    'kiss',
    'Kiss',
    'KISS',
    'ki\u00df',
    'KI\u1e9e',
    'k\u0131ss',
    'k\u0130ss',
    'ki\u0307ss',
    '\u212aiss',
  ],
  'letters in other forms': [
    'cafe',
    'caf\u00e9',
    'cafe\u0301',
    'caf\u00ea',
    'caf\u0435',
    '\u212bngstrom',
    '\u00c5ngstrom',
    'A\u030angstrom',
    'Angstrom',
    '\ufb01n',
    'fin',
    '\uff46in',
    'a2',
    'a\u00b2',
    '\u2163',
    'IV',
    '\uac00',
    '\u1100\u1161',
  ],
  blanks: [
    'acme',
    ' acme',
    'acme ',
    'acme  ',
    'acme\t',
    'acme\n',
    'acme\r\n',
    'acme\u00a0',
    'acme\u3000',
    'ac me',
    'ac  me',
    'ac\u00a0me',
    ' ',
    '  ',
  ],
  'signs that nobody sees': [
    'acme',
    'ac\u200bme',
    'ac\u200dme',
    'ac\u00adme',
    'acme\u200b',
    '\ufeffacme',
    '\u2060acme',
    '\u202eacme',
    'acme\ufe0f',
    'acme\u0000',
    'acme\u0001',
    'acme\u007f',
    'acme\u{e0041}',
  ],
  numbers: [
    '1',
    '01',
    '1.0',
    '1e0',
    '+1',
    '-1',
    '0x1',
    '\uff11',
    '1,0',
    ' 1',
    'true',
    '9007199254740992',
    '9007199254740993',
    '1e400',
    '1e500',
  ],
  'signs between letters': Array.from(
    '-_. +/\\:|~!*?"\'`,;@#&=$^<>()[]{}\u2013\u2019\u201c\u0000\n',
    (sign) => `a${sign}b`,
  ).concat('ab', 'a--b', 'a b '),
  'what other ways of writing make of them': [
    'a b',
    'a%20b',
    'a+b',
    'a%2520b',
    '%61 b',
    'a%2Bb',
    'a&b',
    'a&amp;b',
    'a%26b',
    'a"b',
    'a\\"b',
    'a&quot;b',
    '\u00e9',
    '%C3%A9',
    '%c3%a9',
    'xn--9ca',
    '\\u00e9',
    '\u00c3\u00a9',
    'a',
    'YQ==',
    'YQ',
    '61',
    '%61',
    ...Array.from('|:/').flatMap(escapedNames),
  ],
  'parts of a path': [
    'a',
    '/a',
    'a/',
    './a',
    'a//b',
    'a/b',
    'a/./b',
    'a\\b',
    'b',
    '/b',
    'a/../b',
    '../b',
    'a/b/..',
    'a.json',
    'a#b',
    'a?b',
  ],
  'words of programs': [
    'null',
    'undefined',
    'NaN',
    'true',
    'false',
    '0',
    '[]',
    '{}',
    '[object Object]',
    '__proto__',
    'constructor',
    'toString',
    'everybody',
    '*',
    '%',
  ],
  'long ones': [40, 63, 127, 200, 255, 1000, 4096].flatMap((length) =>
    ['1', '2'].flatMap((end) => [
      'x'.repeat(length) + end,
      end + 'x'.repeat(length),
      'x'.repeat(length / 2) + end + 'x'.repeat(length / 2),
    ]),
  ),
  'hashes that meet': ['Aa', 'BB', 'AaAa', 'AaBB', 'BBAa', 'BBBB', 'plumless', 'buckeroo'],
} satisfies Record<string, string[]>;

const groups = (...names: (keyof typeof GROUPS)[]): string[] => [
  ...new Set(names.flatMap((name): string[] => GROUPS[name])),
];

/** In each list no two are the same text. */
export const ALIKE: Record<string, string[]> = {
  'that look alike': groups(
    'capitals and small letters',
    'letters in other forms',
    'blanks',
    'signs that nobody sees',
  ),
  'with other signs, or written in other ways': groups(
    'signs between letters',
    'what other ways of writing make of them',
    'parts of a path',
  ),
  'that mean something to programs, and long ones': groups(
    'numbers',
    'words of programs',
    'long ones',
    'hashes that meet',
  ),
};

/** Issuers of which one is taken for another, around our own. */
const ISSUER_GROUPS = {
  capitals: [
    '{{issuer}}/realms/a',
    '{{issuer}}/realms/A',
    '{{issuer}}/Realms/a',
    '{{issuer}}/REALMS/A',
    '{{issuer}}/realms/%c3%a9',
    '{{issuer}}/realms/%C3%A9',
  ],
  'slashes and dots': [
    '{{issuer}}',
    '{{issuer}}/',
    '{{issuer}}//',
    '{{issuer}}/.',
    '{{issuer}}/a',
    '{{issuer}}/a/',
    '{{issuer}}/./a',
    '{{issuer}}/b/../a',
    '{{issuer}}//a',
  ],
  'what stands behind it': [
    '{{issuer}}',
    '{{issuer}}?',
    '{{issuer}}#',
    '{{issuer}}?a',
    '{{issuer}}?b',
    '{{issuer}}#a',
    '{{issuer}}/?realm=a',
    '{{issuer}}/?realm=b',
    '{{issuer}} ',
    '{{issuer}}0',
    '{{issuer}}.example',
  ],
  'realms of one provider': [
    '{{issuer}}/realms/us',
    '{{issuer}}/realms/eu',
    '{{issuer}}/us',
    '{{issuer}}/us/v1',
    '{{issuer}}/us/v2',
    '{{issuer}}/us/v2.0',
    '{{issuer}}/1/us',
    '{{issuer}}/2/us',
  ],
  'hosts and their names': [
    'https://login.example',
    'http://login.example',
    'https://login.example:443',
    'https://login.example:8443',
    'https://LOGIN.example',
    'https://login.example.',
    'https://us@login.example',
    'https://www.login.example',
    'https://eu.login.example',
    'login.example',
    'login',
  ],
  'long ones': [100, 200, 255, 1000].flatMap((length) => [
    `{{issuer}}/${'x'.repeat(length)}1`,
    `{{issuer}}/${'x'.repeat(length)}2`,
  ]),
} satisfies Record<string, string[]>;

export const ISSUERS_ALIKE: string[] = [...new Set(Object.values(ISSUER_GROUPS).flat())];

/** How a separator inside a part is written by those who have thought of it, and what they forget. */
function piecesAround(separator: string): string[] {
  const characters = Array.from(separator || ',');
  const code = characters.map(percented).join('');
  return [
    ...new Set([
      ...characters,
      characters.map((one) => one + one).join(''),
      characters.map((one) => `\\${one}`).join(''),
      code,
      code.toLowerCase(),
      '\\',
      '%',
      '%25',
      '_',
      'a',
    ]),
  ];
}

/** Pairs of texts which make one text more than once if their separator is left as it is, or half escaped. */
export function pairsAround(separator: string): [string, string][] {
  const one = ['', ...piecesAround(separator)];
  const two = [...new Set(one.flatMap((first) => one.map((next) => first + next)))];
  const pairs = [
    ...one.flatMap((first): [string, string][] => two.map((next) => [first, next])),
    ...two.flatMap((first): [string, string][] => one.map((next) => [first, next])),
  ];
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}
