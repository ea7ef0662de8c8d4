/**
 * Attacks on a server that acts for its users at a third party, to which it is one client, whoever asks
 * here; and the ordinary use of one.
 */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import { link, rfc } from '../references.ts';
import { inBothRevisions } from '../revisions.ts';
import { answerAt, Browser, describePlace, type Place } from './browser.ts';
import { wayAttacks } from './on-the-way.ts';
import {
  again,
  atSkydiary,
  callDiary,
  codeAt,
  confusedDeputy,
  exchange,
  goThere,
  newClient,
  openLink,
  readsOwn,
  signIn,
  signsInAndReads,
  somebody,
  stateOfProxies,
  tokenFor,
  type Client,
} from './signing-in.ts';
import { tokenAttacks } from './tokens-there.ts';

const MINUTE_MS = 60_000;

const cookieDraft = link(
  'Cookies: HTTP State Management Mechanism (draft), 4.1.3 and 5.6',
  'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis',
);

/** As other programs set them, and as browsers send them. */
const FOREIGN_COOKIES = {
  discount: '100%',
  seen: '%E0%A4%A',
  theme: '"dark"',
  query: 'a=b&c=d',
  constructor: 'x',
  ['__proto__']: 'x',
  empty: '',
  '': 'nameless',
};

const CHANGED_COOKIES: ((value: string) => string)[] = [
  () => '',
  () => 'x',
  (value) => value.slice(1),
  (value) => `${value}x`,
  (value) => `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`,
  () => '%',
  (value) => value.replaceAll(/\w/g, '.'),
];

/** With members that every object has. */
const UNKNOWN_STATES = ['constructor', '__proto__', 'toString', '%', '..', 'é', 'x'.repeat(2_000)];

const uses: LegitimateUse[] = [
  {
    id: 'up-first-time',
    title: 'Somebody signs in for the first time',
    why: 'They read two pages: ours, and Skydiary’s. The way back begins at another site, where a browser keeps `Strict` cookies to itself.',
    lessonAnchor: 'the-same-browser',
    references: [confusedDeputy, stateOfProxies],
    worksOnBaseline: true,
    try: (lab) => signsInAndReads(lab, false),
  },
  {
    id: 'up-once-more',
    title: 'The same app, once more',
    why: 'Tokens end, and apps are installed anew. An app may be a page that leads the browser here, and a browser may be too old to say so. Whether our page asks again or not: whoever agrees gets in, with the latest token.',
    lessonAnchor: 'what-may-be-remembered',
    references: [confusedDeputy],
    worksOnBaseline: true,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser, secret } = await somebody(lab, 'carol', false);
      const app = await newClient(lab);
      const problems: string[] = [];
      for (const initiator of ['none', 'none', 'cross-site', 'an old browser'] as const) {
        const token = await signIn(lab, browser, again(app), initiator);
        problems.push(...(await readsOwn(lab, token, secret)));
        await lab.advance(MINUTE_MS);
      }
      return problems;
    },
  },
  {
    id: 'up-over-https',
    title: 'The same over https',
    why: 'A server that others can reach has an `issuer` with https. A browser takes a `__Host-` cookie only if it is `Secure`, has `Path=/` and no `Domain`; any other it drops without a word.',
    lessonAnchor: 'what-the-cookie-says-of-itself',
    references: [cookieDraft],
    worksOnBaseline: true,
    try: (lab) => signsInAndReads(lab, false, 'https'),
  },
  {
    id: 'up-other-cookies',
    title: 'Cookies that are not ours',
    why: 'Whatever runs at another port of this host, or at another host of this domain, has cookies here too, in whichever form it likes. They mean nothing, and they break nothing.',
    lessonAnchor: 'what-the-cookie-says-of-itself',
    references: [cookieDraft],
    worksOnBaseline: true,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser, secret } = await somebody(lab, 'carol', false);
      for (const [name, value] of Object.entries(FOREIGN_COOKIES)) browser.plant(name, value);
      return readsOwn(lab, await signIn(lab, browser, await newClient(lab)), secret);
    },
  },
  {
    id: 'up-begin-anew',
    title: 'A way back that leads nowhere any more',
    why: 'The server has been started anew while the user was at Skydiary, the tab is from last week, or something has shortened a cookie. Whoever comes back with what is not known is told so on a page of ours, which is no error of the server’s, and begins anew.',
    lessonAnchor: 'what-the-cookie-says-of-itself',
    references: [stateOfProxies, rfc(6749, '4.1.2.1')],
    worksOnBaseline: false,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser, secret } = await somebody(lab, 'carol', false);
      const app = await newClient(lab);
      const problemAt = (place: Place, what: string): string[] =>
        place.at === 'the end' && (place.reply?.status ?? 0) >= 500
          ? [`After a way back ${what}: ${describePlace(place)}.`]
          : [];
      for (const change of CHANGED_COOKIES) {
        const url = await atSkydiary(lab, browser, again(app));
        browser.changeCookies(change);
        const found = problemAt(await browser.decideThere(url, 'allow'), 'with a changed cookie');
        if (found.length > 0) return found;
      }
      const left = new URL(await atSkydiary(lab, browser, again(app)));
      const noCookies = await new Browser(lab, browser.user).open(left.href, 'cross-site');
      const slow = await atSkydiary(lab, browser, again(app));
      await lab.advance(11 * MINUTE_MS);
      const late = await browser.decideThere(slow, 'allow');
      const problems = [
        ...problemAt(noCookies, 'without a cookie'),
        ...problemAt(late, 'after eleven minutes'),
      ];
      if (problems.length > 0) return problems;
      await lab.thirdParty.signInThere();
      // Whether a state outlives the server is up to it.
      for (const state of [left.searchParams.get('state') ?? '', ...UNKNOWN_STATES]) {
        left.searchParams.set('state', state);
        const back = await browser.decideThere(left.href, 'allow');
        const found = problemAt(back, `with the state “${state.slice(0, 20)}”`);
        if (found.length > 0) return found;
      }
      // The server has forgotten its clients as well as its ways.
      return readsOwn(lab, await signIn(lab, browser, await newClient(lab)), secret);
    },
  },
  {
    id: 'up-two-under-way',
    title: 'Two apps at once in one browser',
    why: 'An editor starts and connects two of its servers, or two windows are open. Each app gets its own answer, with its own state, whichever the user finishes first.',
    lessonAnchor: 'the-same-browser',
    references: [stateOfProxies],
    worksOnBaseline: true,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser, secret } = await somebody(lab, 'carol', false);
      const apps = [await newClient(lab), await newClient(lab, { name: 'Umbrella app' })];
      const [one, other] = apps;
      if (!one || !other) return [];
      const first = await goThere(lab, browser, one);
      const second = await goThere(lab, browser, other);
      if (first === undefined || second === undefined)
        return ['The way does not lead to Skydiary.'];
      const problems: string[] = [];
      for (const [app, url] of [
        [one, first],
        [other, second],
      ] as const) {
        const code = codeAt(await browser.decideThere(url, 'allow'), app);
        problems.push(...(await readsOwn(lab, await tokenFor(lab, app, code), secret)));
      }
      return problems;
    },
  },
  {
    id: 'up-two-browsers',
    title: 'A desktop and a phone',
    why: 'One user, one app, two browsers: each goes its own way, both at once. Signing in on the phone does not sign the desktop out.',
    lessonAnchor: 'the-same-browser',
    references: [stateOfProxies],
    worksOnBaseline: true,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const desktop = await somebody(lab, 'carol', false);
      const phone = await somebody(lab, 'carol', false);
      const app = await newClient(lab);
      const appOnPhone = again(app);
      const onDesktop = await goThere(lab, desktop.browser, app);
      const onPhone = await goThere(lab, phone.browser, appOnPhone);
      if (onDesktop === undefined || onPhone === undefined) {
        return ['The way does not lead to Skydiary.'];
      }
      const back = codeAt(await phone.browser.decideThere(onPhone, 'allow'), appOnPhone);
      const late = codeAt(await desktop.browser.decideThere(onDesktop, 'allow'), app);
      const phoneToken = await tokenFor(lab, appOnPhone, back);
      const desktopToken = await tokenFor(lab, app, late);
      return [
        ...(await readsOwn(lab, phoneToken, phone.secret)),
        ...(await readsOwn(lab, desktopToken, desktop.secret)),
      ];
    },
  },
  {
    id: 'up-any-client-of-a-user',
    title: 'Another app of the same user',
    why: 'It is the user who has let the server in at Skydiary. An app that has signed them in earlier reads the diary still, with the latest token.',
    lessonAnchor: 'where-their-tokens-are-kept',
    references: [confusedDeputy],
    worksOnBaseline: false,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser, secret } = await somebody(lab, 'carol');
      const first = await signIn(lab, browser, await newClient(lab));
      const second = await signIn(lab, browser, await newClient(lab));
      return [...(await readsOwn(lab, first, secret)), ...(await readsOwn(lab, second, secret))];
    },
  },
  {
    id: 'up-row-deleted',
    title: 'A row that is deleted',
    why: 'Alice has asked to be signed out at Skydiary, and the operator deletes her row. From then on the server has no token of hers, neither in the database nor in its memory; other users read on, and so does she once she has signed in again.',
    lessonAnchor: 'where-their-tokens-are-kept',
    references: [rfc(7009, '1')],
    worksOnBaseline: true,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const alice = await somebody(lab, 'alice');
      const bob = await somebody(lab, 'bob');
      const before = await lab.credentialRows();
      const app = await newClient(lab);
      const token = await signIn(lab, alice.browser, app);
      const problems = await readsOwn(lab, token, alice.secret);
      const rows = (await lab.credentialRows()).filter(({ id }) =>
        before.every((row) => row.id !== id),
      );
      const bobs = await signIn(lab, bob.browser, await newClient(lab));
      for (const { id } of rows) await lab.credentialRows(undefined, id);
      problems.push(...(await readsOwn(lab, bobs, bob.secret)));
      if (problems.length > 0) return problems;
      if ((await callDiary(lab, token)).text.includes(alice.secret)) {
        return ['Her row was deleted, and the server still has a token of hers.'];
      }
      return readsOwn(lab, await signIn(lab, alice.browser, again(app)), alice.secret);
    },
  },
  {
    id: 'up-no-is-told',
    title: 'A no is told to the app',
    why: 'On our page or on Skydiary’s: the app gets `access_denied` with its state, at its own address, and can say so. A no on our page means that Skydiary is not even opened.',
    lessonAnchor: 'ask-before-you-send-them-on',
    references: [rfc(6749, '4.1.2.1')],
    worksOnBaseline: false,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'carol', false);
      const judge = (place: Place, app: Client, where: string): string[] => {
        const answer = answerAt(place, app.redirectUri);
        const isTold =
          answer?.get('error') === 'access_denied' && answer.get('state') === app.state;
        return isTold ? [] : [`After a no on ${where}, ${describePlace(place)}.`];
      };
      const app = await newClient(lab);
      const there = await goThere(lab, browser, app);
      if (there === undefined) return ['The way does not lead to Skydiary.'];
      const problems = judge(await browser.decideThere(there, 'deny'), app, 'Skydiary’s page');
      // What is shown of a failure is the last exchange.
      if (problems.length > 0) return problems;
      browser.lastThere = undefined;
      const other = await newClient(lab);
      const place = await openLink(lab, browser, other);
      if (place.at !== 'our page') {
        return [`Our page does not ask about a new app: ${describePlace(place)}.`];
      }
      const found = judge(await browser.decideHere(place, 'deny'), other, 'our page');
      return browser.lastThere === undefined
        ? found
        : [...found, 'After a no on our page, Skydiary was opened.'];
    },
  },
  {
    id: 'up-nine-minutes',
    title: 'Nine minutes at Skydiary',
    why: 'The user looks for their password, and for the phone that shows the second factor.',
    lessonAnchor: 'a-state-after-the-yes',
    references: [stateOfProxies],
    worksOnBaseline: true,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser, secret } = await somebody(lab, 'carol', false);
      const app = await newClient(lab);
      const there = await goThere(lab, browser, app);
      if (there === undefined) return ['The way does not lead to Skydiary.'];
      await lab.advance(9 * MINUTE_MS);
      const code = codeAt(await browser.decideThere(there, 'allow'), app);
      return readsOwn(lab, await tokenFor(lab, app, code), secret);
    },
  },
  {
    id: 'up-reads-for-weeks',
    title: 'A diary that is read for weeks',
    why: 'An exchanged token is good for minutes, and the one that it was made from for a month. New entries are there at the next call.',
    lessonAnchor: 'a-narrower-token',
    references: [exchange],
    worksOnBaseline: true,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'carol');
      const app = await newClient(lab);
      let token = await signIn(lab, browser, app);
      const problems: string[] = [];
      for (const minutes of [0, 4, 7, 14 * 24 * 60]) {
        await lab.advance(minutes * MINUTE_MS);
        const text = `after ${minutes} minutes, ${lab.nonce}`;
        await lab.thirdParty.write(browser.user, text);
        const claims = { sub: browser.user, client_id: app.clientId };
        if (minutes > 0) token = await lab.mint({ claims });
        problems.push(...(await readsOwn(lab, token, text)));
      }
      const reply = await callDiary(lab, token);
      if (!reply.text.includes('after 0 minutes')) problems.push('Earlier entries are gone.');
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: inBothRevisions([...wayAttacks, ...tokenAttacks], {
    'up-own-token-sent': 'a call with a token',
    'up-token-in-answer': 'it works',
  }),
  uses,
};
