/**
 * Changes a line of a chained log and computes the chain anew, as somebody can who has the log and
 * no key: finds out from two honest lines how a digest was made, and makes the others in that way.
 */
import { createHash } from 'node:crypto';

const ALGORITHMS = new Map([
  [16, 'md5'],
  [20, 'sha1'],
  [32, 'sha256'],
  [48, 'sha384'],
  [64, 'sha512'],
]);
const DIGEST = /"([0-9a-f]{32,128}|[A-Za-z0-9+/_-]{22,88}={0,2})"/gi;

/** Ways to take a digest out of its own line, which it cannot cover. */
const WITHOUT_DIGEST: ((line: string, digest: string) => string)[] = [
  (line, digest) => line.replace(memberOf(digest, ',', ''), ''),
  (line, digest) => line.replace(memberOf(digest, '', ','), ''),
  (line, digest) => line.replace(digest, ''),
  (line, digest) => JSON.stringify(withoutMember(line, digest)),
  (line) => line,
];
const JOINS: ((previous: string, body: string) => string)[] = [
  (previous, body) => previous + body,
  (previous, body) => body + previous,
  (previous, body) => `${previous}\n${body}`,
  (previous, body) => `${body}\n${previous}`,
  (previous, body) => `${previous}|${body}`,
  (previous, body) => `${previous}:${body}`,
  (_previous, body) => body,
  (previous) => previous,
];

/** How the digest of a line is made from the line and the one before it. */
type Recipe = (line: string, previousLine: string) => { from: string; to: string } | undefined;

/** The log with `changed` at `index` and a new chain from there on; undefined if it takes a key. */
export function forgeWithoutKey(
  lines: string[],
  index: number,
  changed: string,
): string[] | undefined {
  const recipe = findRecipe(lines[index - 1] ?? '', lines[index] ?? '');
  if (!recipe) return undefined;
  const forged = [...lines];
  forged[index] = changed;
  for (let at = index; at < forged.length; at++) {
    let line = forged[at]!;
    // A line may name the digest before it.
    const [oldDigests, newDigests] = [lines[at - 1], forged[at - 1]].map(digestsIn);
    oldDigests?.forEach((old, place) => (line = line.replace(old, newDigests?.[place] ?? old)));
    const made = recipe(line, forged[at - 1] ?? '');
    forged[at] = made ? line.replace(made.from, made.to) : line;
  }
  return forged;
}

function findRecipe(previousLine: string, line: string): Recipe | undefined {
  const own = digestsIn(line);
  const previous = digestsIn(previousLine);
  for (const [place, digest] of own.entries()) {
    const encoding = encodingOf(digest);
    const algorithm = ALGORITHMS.get(Buffer.from(digest, encoding).length);
    if (!algorithm) continue;
    const sources: ((line: string) => string)[] = [
      ...previous.map((_, at) => (before: string) => digestsIn(before)[at] ?? ''),
      (before) => before,
      () => '',
    ];
    for (const withoutDigest of WITHOUT_DIGEST) {
      for (const join of JOINS) {
        for (const source of sources) {
          const make = (ofLine: string, own: string, before: string): string => {
            const input = join(source(before), withoutDigest(ofLine, own));
            return createHash(algorithm).update(input).digest(encoding);
          };
          if (withoutPadding(make(line, digest, previousLine)) !== withoutPadding(digest)) continue;
          return (ofLine, before) => {
            const from = digestsIn(ofLine)[place];
            return from === undefined ? undefined : { from, to: make(ofLine, from, before) };
          };
        }
      }
    }
  }
  return undefined;
}

const digestsIn = (line = ''): string[] =>
  [...line.matchAll(DIGEST)].map(([, digest = '']) => digest);

function encodingOf(digest: string): 'hex' | 'base64' | 'base64url' {
  if (/^(?:[0-9a-f]{2})+$/i.test(digest)) return 'hex';
  return /[-_]/.test(digest) || digest.length % 4 > 0 ? 'base64url' : 'base64';
}

const withoutPadding = (digest: string): string => digest.replace(/=+$/, '');

const memberOf = (digest: string, before: string, after: string): RegExp =>
  new RegExp(`${before}"[^"]*":"${digest.replaceAll(/[+/]/g, '\\$&')}"${after}`);

function withoutMember(line: string, digest: string): unknown {
  try {
    const members = Object.entries(JSON.parse(line) as object);
    return Object.fromEntries(members.filter(([, value]) => value !== digest));
  } catch {
    return line;
  }
}
