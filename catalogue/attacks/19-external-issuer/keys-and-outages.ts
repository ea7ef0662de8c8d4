/** The key set of a provider: asked for too often, kept too long, or trusted for ever in an outage. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import { cwe, link } from '../references.ts';
import {
  acceptsProvider,
  hasRun,
  makeProvider,
  MINUTE_MS,
  mustServe,
  OPENID_PATH,
  openProvider,
  providerKey,
  weatherWith,
} from './provider.ts';

/** One would do. Some more are nothing to a provider, and a burst may last over a pause or two. */
const TOO_MANY_QUESTIONS = 6;
const AT_ONCE = 50;

const hygiene = link(
  'giantswarm/mcp-oauth 452',
  'https://github.com/giantswarm/mcp-oauth/pull/452',
);

export const keysAndOutages: Attack[] = [
  defineAttack<{ tokens: number; atOnce: boolean; away: boolean }>({
    id: 'iss-flood-of-key-ids',
    title: 'Five hundred keys that nobody has',
    level: 'core',
    story:
      'Each token names a key id that the server has not seen, and needs no right signature for it. If each of them makes the server ask the provider, a stranger has your server attack the provider, until that refuses to answer you at all.',
    secureAnswer:
      '401 for each, after one question to the provider: one in thirty seconds, also if it failed; then 503.',
    lessonAnchor: 'when-to-ask-again',
    references: [cwe(406, 'Insufficient Control of Network Message Volume'), hygiene],
    payload: z.strictObject({
      tokens: z.number().int().min(1).max(1000),
      atOnce: z.boolean(),
      away: z.boolean(),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'one after the other': { tokens: 500, atOnce: false, away: false },
      'at once': { tokens: 500, atOnce: true, away: false },
      'while the provider is away': { tokens: 100, atOnce: false, away: true },
    },
    async fire({ tokens, atOnce, away }, lab) {
      const provider = await openProvider(lab);
      await mustServe(lab, await provider.token(), 'A token of the provider');
      await lab.advance(MINUTE_MS);
      const attacker = await providerKey(lab, 'attacker');
      const [header = '', ...rest] = (await provider.token({}, { key: attacker })).split('.');
      const withKeyId = (kid: string): string => {
        const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
        const changed = JSON.stringify({ ...members, kid });
        return [Buffer.from(changed).toString('base64url'), ...rest].join('.');
      };
      const width = atOnce ? AT_ONCE : 1;
      // So long that all of them come in while the question is under way.
      if (atOnce) await provider.publishKeys([provider.key], { answersAfter: 1_500 });
      if (away) await provider.publishKeys([provider.key], { status: 503, body: '' });
      for (let from = 0; from < tokens; from += width) {
        const ids = Array.from({ length: width }, (_, index) => `${lab.nonce}-${from + index}`);
        await Promise.all(ids.map((id) => weatherWith(lab, withKeyId(id), `key id ${id}`)));
      }
      const most = await provider.mostAsked();
      return {
        breaches:
          most > TOO_MANY_QUESTIONS
            ? [`${tokens} tokens made the server ask the provider ${most} times for one document.`]
            : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ minutes: number; calls: boolean; all: boolean }>({
    id: 'iss-withdrawn-key',
    title: 'A key that was withdrawn',
    level: 'core',
    story:
      'Somebody has got hold of a signing key. The provider has taken it out of its key set, which is all that it can do. The thief goes on signing tokens.',
    secureAnswer: '401: a key set is ten minutes old at most, and what is not in it is no key.',
    lessonAnchor: 'when-to-ask-again',
    references: [
      cwe(324, 'Use of a Key Past its Expiration Date'),
      link(
        'OpenID Connect Core 1.0 §10.1.1',
        'https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys',
      ),
    ],
    payload: z.strictObject({
      minutes: z.number().int().min(12).max(300),
      calls: z.boolean(),
      all: z.boolean(),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'a quarter of an hour ago': { minutes: 15, calls: false, all: false },
      'while others call': { minutes: 15, calls: true, all: false },
      'an hour ago': { minutes: 70, calls: true, all: false },
      'with all others': { minutes: 15, calls: false, all: true },
    },
    async fire({ minutes, calls, all }, lab) {
      const provider = await makeProvider(lab);
      const other = await providerKey(lab, 'second');
      await provider.publishMetadata([OPENID_PATH]);
      await provider.publishKeys([provider.key, other]);
      await lab.trust(provider.external);
      await mustServe(lab, await provider.token(), 'A token by the key');
      await mustServe(lab, await provider.token({}, { key: other }), 'A token by the other key');
      await provider.publishKeys(all ? [] : [other]);
      for (let minute = 0; minute < minutes; minute++) {
        await lab.advance(MINUTE_MS);
        if (calls && !all && minute % 5 === 0) {
          await mustServe(lab, await provider.token({}, { key: other }), 'The other key');
        }
      }
      // Whoever answers from what it has, and asks meanwhile, has asked now.
      await weatherWith(lab, await provider.token({}, { key: other }), 'the other key');
      await lab.advance(1_000);
      const reply = await weatherWith(lab, await provider.token(), 'the key that was withdrawn');
      return {
        breaches: (await hasRun(lab, reply))
          ? [`A key that was withdrawn ${minutes} minutes ago still opens the server.`]
          : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ minutes: number; everyMinutes: number }>({
    id: 'iss-endless-outage',
    title: 'A provider that does not come back',
    level: 'core',
    story:
      'The thief of a key keeps the server from asking the provider: by a flood, or by a line that was cut. As long as nobody can ask, the stolen key is as good as ever.',
    secureAnswer:
      '503 once the keys were last had an hour ago. Nobody knows any more whether they are good.',
    lessonAnchor: 'when-nobody-answers',
    references: [
      cwe(636, 'Not Failing Securely'),
      cwe(672, 'Operation on a Resource after Expiration or Release'),
    ],
    payload: z.strictObject({
      minutes: z.number().int().min(75).max(2000),
      everyMinutes: z.number().int().min(1).max(2000),
    }),
    ordinaryUse: acceptsProvider,
    variants: {
      'after two hours': { minutes: 120, everyMinutes: 120 },
      'asked all the time': { minutes: 100, everyMinutes: 5 },
      'after a day': { minutes: 1440, everyMinutes: 240 },
    },
    async fire({ minutes, everyMinutes }, lab) {
      const provider = await openProvider(lab);
      await mustServe(lab, await provider.token(), 'A token of the provider');
      await provider.publishMetadata([OPENID_PATH], {}, { status: 503 });
      await provider.publishKeys([provider.key], { status: 503 });
      for (let minute = everyMinutes; minute < minutes; minute += everyMinutes) {
        await lab.advance(everyMinutes * MINUTE_MS);
        await weatherWith(lab, await provider.token(), 'in the outage');
      }
      await lab.advance(everyMinutes * MINUTE_MS);
      const reply = await weatherWith(lab, await provider.token(), 'at the end');
      return {
        breaches: (await hasRun(lab, reply))
          ? [
              `Keys that were last had ${(minutes / 60).toFixed(1)} hours ago still open the server.`,
            ]
          : [],
        complaints: [],
      };
    },
  }),
];
