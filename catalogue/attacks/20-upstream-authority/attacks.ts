/**
 * Attacks on a server that acts for its users at a third party, to which it is one client, whoever asks
 * here; and the ordinary use of one.
 */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { rfc } from '../references.ts';
import { inBothRevisions } from '../revisions.ts';
import { answerAt, describePlace, type Browser, type Place } from './browser.ts';
import { wayAttacks } from './on-the-way.ts';
import {
  again,
  callDiary,
  codeAt,
  confusedDeputy,
  exchange,
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

/** Goes as far as Skydiary’s page, where the user has to read something. */
async function goThere(
  lab: LabSession,
  browser: Browser,
  client: Client,
): Promise<string | undefined> {
  let place = await openLink(lab, browser, client);
  if (place.at === 'our page') place = await browser.decideHere(place, 'allow');
  return place.at === 'their page' ? place.url : undefined;
}

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
    id: 'up-no-is-told',
    title: 'A no is told to the app',
    why: 'On our page or on Skydiary’s: the app gets `access_denied` with its state, at its own address, and can say so. A no on our page means that Skydiary is not even opened.',
    lessonAnchor: 'ask-before-you-send-them-on',
    references: [rfc(6749, '4.1.2.1')],
    worksOnBaseline: false,
    async try(lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'carol', false);
      const problems: string[] = [];
      const judge = (place: Place, app: Client, where: string): void => {
        const answer = answerAt(place, app.redirectUri);
        if (answer?.get('error') === 'access_denied' && answer.get('state') === app.state) return;
        problems.push(`After a no on ${where}, ${describePlace(place)}.`);
      };
      const app = await newClient(lab);
      const there = await goThere(lab, browser, app);
      if (there === undefined) return ['The way does not lead to Skydiary.'];
      judge(await browser.decideThere(there, 'deny'), app, 'Skydiary’s page');
      browser.lastThere = undefined;
      const other = await newClient(lab);
      const place = await openLink(lab, browser, other);
      if (place.at !== 'our page') {
        return [...problems, `Our page asks about a new app: ${describePlace(place)}.`];
      }
      judge(await browser.decideHere(place, 'deny'), other, 'our page');
      if (browser.lastThere !== undefined)
        problems.push('After a no on our page, Skydiary was opened.');
      return problems;
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
