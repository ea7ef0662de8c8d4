/**
 * The curriculum: the one ordered list that lessons, exercises, solutions, attacks, checks and the
 * playground follow. A topic's slug names its files everywhere; what a topic attacks stands in
 * `attacks/<slug>/attacks.ts`.
 */
import type { ControlName } from '../exercises/weather-server/controls.ts';
import { controlsOf } from '../lab/controls/files.ts';
import type { TargetSpec } from '../lab/target-spec.ts';
import { CommandProblem } from '../shared/command-line.ts';

export interface Topic {
  slug: string;
  title: string;
  /** What the learner can do afterwards, in one sentence. */
  summary: string;
  /** Control -> file in `exercises/<slug>/` and `solutions/<slug>/`. */
  controls: Partial<Record<ControlName, string>>;
  /** Three, from a nudge to nearly the answer. */
  hints: string[];
  /**
   * The end of a part: its attacks are fired at the learner's whole server as well. The topic's own
   * controls decide for that server, or for a client, and then nothing at the server is their fault.
   */
  capstone?: 'server' | 'client';
}

const taught: readonly Omit<Topic, 'controls'>[] = [
  {
    slug: '01-oauth-discovery',
    title: 'OAuth discovery',
    summary: 'Tell clients where to get a token, in two documents and one header they can rely on.',
    hints: [
      'Who chooses the Host header of a request? Look for a value that only the operator chooses.',
      'Everything you need is in `config`. Compare the member names with RFC 8414 §2 and RFC 9728 §2, one by one.',
      'The challenge needs `resource_metadata` with the URL of the second document: the path of the resource goes behind `/.well-known/oauth-protected-resource`.',
    ],
  },
  {
    slug: '02-client-registration',
    title: 'Client registration',
    summary: 'Decide what a stranger may register, and fetch what a stranger publishes, safely.',
    hints: [
      'The redirect URI is where codes will be sent. Which places can only the honest client read from?',
      'Say what is allowed: https, http on loopback, perhaps a private-use scheme; no user info, no fragment. For a document: which addresses must your server never connect to, and who decides which address a name stands for?',
      'Register a new object of your own with a new `client_id`, never the one that was sent. For a document: https with a path, `lookup`, refuse unless every address is public, then `fetch` with that `address` and `redirect: "manual"`, read 5 KiB at most, and compare `client_id` with the URL.',
    ],
  },
  {
    slug: '03-pkce',
    title: 'PKCE',
    summary:
      'Bind an authorization code to the client that asked for it, and send it nowhere else.',
    hints: [
      'Two questions: who can read this code on its way, and what else would they need to use it?',
      'Refuse every request without an S256 challenge, and compare redirect URIs as text. Only the port of a loopback address may differ.',
      'The challenge is base64url, without padding, of the SHA-256 of the verifier: `createHash("sha256").update(verifier).digest("base64url")`. For the form: a random cookie with the page, and a hidden field that only your server can make from it.',
    ],
  },
  {
    slug: '04-token-grants',
    title: 'Token grants',
    summary: 'Redeem a code once, rotate refresh tokens, and notice when an old one comes back.',
    hints: [
      'What does it mean when a code that was used already is presented again?',
      'Mark a handle as used in the same step that looks it up, and keep it: an old one that comes back is the only sign of theft you will get.',
      'Let all refresh tokens of one code share an object, their family. Reuse sets `revoked` on it. Compare client, resource and, for a code, the redirect URI and the age before you mark anything; a refresh token gets no scope that the grant does not have.',
    ],
  },
  {
    slug: '05-access-tokens',
    title: 'Access tokens',
    summary:
      'Accept exactly the tokens that were issued for this server, and refuse the rest well.',
    hints: [
      'Decoding is reading an envelope; verifying is checking who sealed it. Which jose function does the second?',
      '`jwtVerify` checks what you ask it to check: the algorithm, the issuer, the audience, the type, and which claims must be there at all.',
      'Give `jwtVerify` a key set made from `context.jwks`, a fixed list of algorithms, `issuer`, `audience`, `typ`, and `requiredClaims` with `exp` and `sub`. In the middleware, answer 401 with the challenge for whatever it throws.',
    ],
  },
  {
    slug: '06-scopes',
    title: 'Scopes',
    summary: 'Let a token do what it was granted: tool by tool, and object by object.',
    hints: [
      'A scope is a word in a set. Which JavaScript method looks for words, and which for parts of them?',
      'The order of `config.scopesSupported` is the hierarchy: a later scope includes the earlier ones. Use one function for listing and for calling.',
      'Compare the position of the needed scope with those of the granted ones, and throw `InsufficientScopeError([tool.scope])`. An alert is its owner’s: same issuer, same subject; anything else is `NotFoundError`, whether the alert exists or not.',
    ],
  },
  {
    slug: '07-credentials',
    title: 'Credentials',
    summary: 'Keep an API key at rest so that it is hidden, and every change of it is noticed.',
    hints: [
      'The attacker writes to the table and has no key. What would your vault say to a record of which one bit has changed, or that belongs to somebody else?',
      'Use authenticated encryption in both layers, a new key for every record, and additional authenticated data that says whose record it is. For keys: which texts does `Buffer.from(text, "base64")` refuse? None.',
      "`createCipheriv('aes-256-gcm', key, randomBytes(12), { authTagLength: 16 })` and `setAAD(Buffer.from(JSON.stringify([layer, recordId, owner, provider])))`, for the data key with the KEK version as well. On the way back `setAuthTag` before `final()`, and return after it; `rewrap` checks the data layer too.",
    ],
  },
  {
    slug: '08-city-input',
    title: 'City input',
    summary: 'Accept every real city name, and nothing that could mean something else further on.',
    hints: [
      'Say what is allowed instead of what is not. Then ask which letters people in Tokyo, Cairo and Nukuʻalofa use.',
      'Unicode properties such as `\\p{L}` and `\\p{M}` know letters and marks of every script. Normalize first, so that you check the text that goes on.',
      'Order matters: length first and stop there (`abort: true`), then NFC or NFKC, trim, then one anchored character class with the `u` flag and no nested repetition.',
    ],
  },
  {
    slug: '09-injection',
    title: 'Injection',
    summary: 'Keep data from becoming SQL, paths, commands, URLs, or orders to a model.',
    hints: [
      'For each function ask: which program reads this text next, and how can it be told where data begins and ends?',
      'SQL has placeholders, `execFile` has an argument vector, a URL has `encodeURIComponent`, which leaves `.` and `..` to you. A path has none of these: find out where it really leads, then compare. A model has none either: say that a text is untrusted, and show it nothing that people cannot see.',
      '`query` with `$1` and `instr`, a map for `sort_by`, a whole number for `limit`; `realpath` of file and folder, then `path.posix.relative`; `execFile("fping", ["-c", "1", "--", host])`; `\\p{Default_Ignorable_Code_Point}` and `{ untrusted: true, text }`; a SHA-256 over the whole tool, members sorted.',
    ],
  },
  {
    slug: '10-rate-limits',
    title: 'Rate limits',
    summary: 'Sixty calls a minute for each user, whatever the client says about itself.',
    hints: [
      'Which members of `call` did the server verify, and which are the client’s own words?',
      'Count under issuer and subject, decide and count in the same breath, and forget users whose minute is over.',
      'A `Map` from user to the times of their latest calls is enough: drop what is older than a minute, refuse at the limit, and say when the oldest one leaves. Whole seconds are rounded up.',
    ],
  },
  {
    slug: '11-transport',
    title: 'Transport',
    summary: 'Decide who may speak to the server at all, and how much.',
    hints: [
      'CORS tells a browser what a page may read. Which requests does it keep from reaching your code? And what of a body is known before all of it has been read?',
      'Compare Origin with the list as a whole text, Host without its port, and refuse with 403 yourself. For bodies, `limit` counts bytes after decompression, `request.is` knows the type, and depth is counted without recursion.',
      "helmet() for the headers, without HSTS unless `request.secure`. In the guard: Host, then Origin, then `cors({ origin: allowedOrigins, exposedHeaders: ['WWW-Authenticate'], … })`. In the parser: 415 unless `request.is('application/json')`, `express.json({ limit: maxBodyBytes })`, then walk through what was parsed level by level and pass on an error with status 400.",
    ],
  },
  {
    slug: '12-audit-log',
    title: 'Audit log',
    summary: 'Leave one trustworthy line for every attempted call.',
    hints: [
      'Who will read this log, and on what day? Which calls will that person look for, and which words in it may they believe?',
      'Build one object of your own, member by member: what the server knows as it is, what the caller sent only where you have decided what it may look like. `JSON.stringify` it, and look at what it does not escape. For the chain: what goes into the hash of a line, and who else could compute it?',
      'Log an argument only if its name is on your list and its value short and of the right shape; leave headers out. Replace what `/[\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]/gu` finds in the finished line by `\\uXXXX`. Append `createHmac("sha256", chainKey)` over the mac of the line before and this line, and let `verifyAuditLog` compute the same from the first line on.',
    ],
  },
  {
    slug: '13-error-responses',
    title: 'Error responses',
    summary: 'Tell clients what they need, and attackers nothing.',
    hints: [
      'Whose words are in an error’s message? Sort errors into those that your own code made for a client to read, and all others.',
      'Ask with `instanceof`, not by name, by `code` or by the wording: anyone may call an error NotFoundError. What is left over is INTERNAL with a fixed sentence and the request id, whatever it says about itself.',
      'One function from `unknown` to code, message and retryable, used by both controls: InvalidInputError keeps its message, NotFoundError and InsufficientScopeError get theirs, UnavailableError is INTERNAL and retryable, the rest INTERNAL. The handler takes `status` only if it is a whole number from 400 to 499, takes its sentence from a table, and always answers JSON.',
    ],
  },
  {
    slug: '14-secure-server',
    title: 'Secure server',
    summary: 'Put everything together, in the right order.',
    capstone: 'server',
    hints: [
      'Follow one request from the first byte to the last. Which parts must have had their say before the next one may believe what it reads?',
      'Answers that refuse need headers and audit lines as well, so what adds those stands outermost. Express asks handlers in the order they were mounted, and an error handler only sees errors of what was mounted before it.',
      'headers for everything; origin before anything reads a body; then body, bearer, messages, on every method of `/mcp`; unknown routes and errors last. Inside a call: audit around authorize, limit and validate.',
    ],
  },
  {
    slug: '15-request-headers',
    title: 'Request headers',
    summary: 'See to it that headers and body say the same, in whichever revision a client speaks.',
    hints: [
      'Two parties read a request: one its headers, one its body. What must be true for both to have seen the same?',
      'Which revision a message speaks, the body says; the header can only agree. Then, for each header: how many values came, what do they say once decoded, and which member of the body do they speak of?',
      '`versions.length === 1 && versions[0] === named`, and no old message under a header with a new version anywhere in it. For the others: exactly one value; `=?base64?…?=` decoded, as UTF-8, and encoded again to see that nothing was broken; texts compared with `===`, a number only if it is a safe integer and the header matches `/^-?(?:0|[1-9]\\d*)(?:\\.0+)?$/`; no header needed for a member that is absent or null.',
    ],
  },
  {
    slug: '16-carried-state',
    title: 'Carried state',
    summary:
      'Trust what comes back from a client as far as you can prove it, and ask before what cannot be undone.',
    hints: [
      'The state was yours, then it was the client’s. What must be true of it when it comes back, and which of these can a signature say?',
      'A signature says who made it. Put into what is signed: for whom, about what, until when, and which one it is; the last is of use only if the server remembers it. For handles: the token says who asks, so ask the token.',
      '`createRequestStateCodec({ key, ttlSeconds: 300 })`, or AES-256-GCM with an IV of its own; in it a random id and a SHA-256 over issuer, subject, tool, arguments and question. Check all, then, without awaiting anything, look for the id in a Map and put it there. A yes is `accept` and `confirm === true`. A handle is `randomBytes(16)`, and its job is kept with issuer, subject and the end of its time.',
    ],
  },
  {
    slug: '17-shared-answers',
    title: 'Shared answers',
    summary:
      'Keep each company’s answers its own: in every key, at every cache, and member by member.',
    hints: [
      'For whom was this answer made, and who else can get it from where it is kept? Which of the words that name a company did somebody verify?',
      'A tenant is its issuer and its id, both, joined so that it can be taken apart in one way only. Whatever is the caller’s own word is compared, never used. What an answer shows is a list that you write, also inside.',
      '`JSON.stringify([tenant.issuer, tenant.id])`, and for a kept answer the tool and its arguments behind it. `sensor?.tenant !== use.tenant` for reading and retiring alike. Destructure the row into the members you name. `server/discover` is `public`; `tools/list` is `private`, whatever was hidden.',
    ],
  },
  {
    slug: '18-many-instances',
    title: 'Many instances',
    summary: 'Keep limits, single use and the audit log true when several processes answer.',
    hints: [
      'Between two awaited steps of yours, two hundred others can take theirs. Which single step of the store both looks and decides?',
      'The limiter: `takePlaces`, under the verified user, with the store’s time. Grants: of many that `replace` the same text, one succeeds; let one record hold all refresh tokens of a code, and change it with nothing else. While the store is away, nothing is decided: throw `UnavailableError`.',
      'A refresh token is `<id>.<secret>`; under the id lies one JSON text with the grant, the hash of the current secret, and `revoked`. Read it, compare, `replace(key, thatText, changed, life)`; if that fails, read again. A hash that is not the current one revokes. Seal each line with an HMAC over a random name of this start, a number, and the line.',
    ],
  },
  {
    slug: '19-external-issuer',
    title: 'External issuer',
    summary:
      'Take tokens of a provider that somebody else runs: its keys, its outages, its shapes of claims.',
    hints: [
      'Your server has no say in when the provider changes its keys, when it is away, or what it writes into a token. What do you know for certain at each moment, and for how long?',
      'Three answers, not two: this key is good, this key is not, and nobody can say. Only the second is 401. And for claims: which of them says for whom the token is, which says who asked for it, and which could the user have written?',
      'Keep the set with the time it was had, and the time of the last question: ask if the set is ten minutes old or lacks the `kid`, but not within thirty seconds, and share one pending promise. `[claims.aud].flat().includes(external.audience)`, `iss` with `===`, one row for each kind. The metadata’s own `issuer` with `===` as well, and `web.fetch(url, { redirect: "manual", signal, address })`.',
    ],
  },
  {
    slug: '20-upstream-authority',
    title: 'Upstream authority',
    summary:
      'Act for your users at a third party that knows one client only, and lend nobody more than they asked for.',
    hints: [
      'To the third party all your clients are one, and its users have agreed to that one long ago. Who is left to ask about the client that stands in front of your door? And which browser comes back?',
      'Nothing goes to the third party before somebody has said yes on your page, in this browser. What was allowed then is found again by two things together: one that travels in the URL, and one that only this browser has. Inside, a token is whose? Outside, what can it do in the hands of who reads the log?',
      'Always `ask` in `arrive`. In `allow`: 32 random bytes as the state, `wanted` in a Map under it, and a cookie of its own with `HttpOnly; SameSite=Lax`, with https `__Host-…; Secure; Path=/`. In `resume`: both must fit, within ten minutes, and then `delete`, with no `await` between. Rows: `vault.seal(token, { recordId, owner, provider })` under `JSON.stringify([issuer, subject])`. In `readDiary`: `requestToken` with the token-exchange grant, `resource: entriesUrl` and `scope: "entries:read"`, and of what comes back `date` and `text`.',
    ],
  },
  {
    slug: '21-outgoing-requests',
    title: 'Outgoing requests',
    summary:
      'Fetch from an address that a stranger chose, and reach only what anybody could reach.',
    hints: [
      'The server can reach more than its caller. At which moment is it settled to which machine a connection goes, and who has decided by then?',
      'Judge three things, in this order: the URL (scheme, port, user information), the addresses that its host stands for, and each redirect as if it were a new URL. Whatever you have judged must be what you connect to.',
      '`ipaddr.parse(address).range() === "unicast"` for IPv4, and within 2000::/3 for IPv6. One `web.lookup`, then `web.fetch(href, { address, redirect: "manual", signal })` in a loop of six; `new URL(location, here)` goes back to `parseFeedUrl`. Count the bytes of each chunk, one `AbortSignal.timeout(10_000)` for all of it, and one `InvalidInputError` for whatever fails.',
    ],
  },
  {
    slug: '22-hostile-servers',
    title: 'Hostile servers',
    capstone: 'client',
    summary:
      'Be the client: sign in at a server nobody vouches for, and see what a local one is started by.',
    hints: [
      'Each document is a stranger’s. Of which statement in it do you know something already, so that it could be compared? And of which address do you know who opens it, or who asks it, and from where?',
      'Compare with what you asked: the server with `resource`, the issuer with `issuer`, at the end `state` and `iss`. Judge an address as the URL parser spells it, and hand on that spelling. What a server may lead you to depends on where it is itself. And an entry is known by all of it, not by its name.',
      '`z.object({ issuer: z.string(), … }).safeParse`, then `===`. `new URL(text).href` has to match a list of harmless characters without `$`. `kept.find((one) => one.issuer === issuer)`. Whether a server is inside says the range of `server.address` (private, uniqueLocal, linkLocal, loopback); if it is not, `chooseAddress(hostname, web)` chooses. The approval is a SHA-256 over `JSON.stringify([command, args, sortedEnv])`; `JSON.stringify` also quotes what is shown, once everything invisible is written as `\\u{…}`.',
    ],
  },
];

export const curriculum: readonly Topic[] = taught.map((topic) => ({
  ...topic,
  controls: controlsOf(topic.slug),
}));

/** Topics, and the capstone behind them that fires all of their attacks at one server. */
export interface Part {
  number: number;
  capstone: Topic;
  topics: readonly Topic[];
}

export const parts: readonly Part[] = curriculum
  .filter(({ capstone }) => capstone)
  .map((capstone, index, capstones) => {
    const before = capstones[index - 1];
    const from = before ? curriculum.indexOf(before) + 1 : 0;
    return {
      number: index + 1,
      capstone,
      topics: curriculum.slice(from, curriculum.indexOf(capstone)),
    };
  });

/** Undefined: the topic is no capstone. */
export const partEndedBy = (slug: string): Part | undefined =>
  parts.find(({ capstone }) => capstone.slug === slug);

/** The part that a topic belongs to, be it the capstone. */
export function partOf(slug: string): Part {
  const part = parts.find(({ capstone, topics }) =>
    [...topics, capstone].some((topic) => topic.slug === slug),
  );
  if (!part) throw new Error(`no part ends behind the topic ${slug}`);
  return part;
}

/**
 * The learner's server as a capstone fires at it. Only the topics of its part can break it: those of
 * the second are left out of the first, and the first is the reference's under the second.
 */
export const learnersWholeServer = ({ number, capstone, topics }: Part): TargetSpec => ({
  kind: 'whole-student',
  topics: [...topics, capstone].map(({ slug }) => slug),
  ...(number > 1 && { among: 'reference' }),
});

/** The stub (or solution) files of a topic, without folder. */
export const filesOf = ({ controls }: Topic, only?: readonly ControlName[]): string[] => {
  const entries = Object.entries(controls) as [ControlName, string][];
  const named = entries.filter(([control]) => only?.includes(control) ?? true);
  return [...new Set(named.map(([, file]) => file))];
};

/**
 * The topics a person means by `words`: numbers (`5`, `05`), slugs or parts of them. No words: all
 * there are. Throws with the list of topics when a word names none.
 */
export function selectTopics(words: string[]): Topic[] {
  if (words.length === 0) return [...curriculum];
  const selected = words.map((word) => {
    const found = curriculum.find(
      ({ slug }) =>
        slug === word ||
        slug.slice(3) === word ||
        (/^\d+$/.test(word) && Number(slug.slice(0, 2)) === Number(word)),
    );
    if (!found) throw new UnknownTopicError(word);
    return found;
  });
  return curriculum.filter((topic) => selected.includes(topic));
}

export class UnknownTopicError extends CommandProblem {
  constructor(word: string) {
    const list = curriculum.map(({ slug, title }) => `  ${slug.padEnd(24)}${title}`).join('\n');
    super(`“${word}” is not a topic. Topics to choose from:\n${list}`);
  }
}
