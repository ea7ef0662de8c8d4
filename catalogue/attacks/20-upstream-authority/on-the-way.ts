/** Attacks on the way over the third party: who was asked, about which client, and in which browser. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { StepFailed, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import { answerAt, Browser, describePlace, type Place } from './browser.ts';
import {
  again,
  codeAt,
  confusedDeputy,
  evilClient,
  evilRedirect,
  linkOf,
  newClient,
  openLink,
  signsInAndReads,
  somebody,
  stateOfProxies,
  type Client,
} from './signing-in.ts';

const MINUTE_MS = 60_000;

const csrf = cwe(352, 'Cross-Site Request Forgery');
const deputy = cwe(441, 'Unintended Proxy or Intermediary (‘Confused Deputy’)');
const notBoundToTheBrowser = link(
  'CVE-2026-27124, FastMCP: consent that is not bound to the browser',
  'https://github.com/PrefectHQ/fastmcp/pull/3201',
);
const sampleWithoutConsent = link(
  'cloudflare/ai 51: a sample that lends its upstream consent',
  'https://github.com/cloudflare/ai/issues/51',
);
const serverInTheMiddle = link(
  'GHSA-6x8h-498w-gv8c, FastMCP: remembered consent and a server in the middle',
  'https://github.com/PrefectHQ/fastmcp/pull/3960',
);

const nothing: Findings = { breaches: [], complaints: [] };

/** A code that came where nobody had agreed that it may come. */
const judgeCode = (place: Place, redirectUri: string, how: string): Findings =>
  answerAt(place, redirectUri)?.get('code')
    ? { breaches: [`${how}, and a code went to ${redirectUri}.`], complaints: [] }
    : nothing;

/** What a browser has lived through before the attack; it ends at a code, or the step has failed. */
async function agreedTo(
  lab: LabSession,
  browser: Browser,
  client: Client,
  changes = {},
): Promise<void> {
  codeAt(await browser.agree(await openLink(lab, browser, client, changes)), client);
}

const RIDES = [
  'another client',
  'a client of the same name',
  'another address of the client',
  'more scopes',
  'after a no',
  'a client that its author agreed to',
] as const;

const VICTIMS = [
  'only signed in there',
  'has signed in here before',
  'is on the way with another client',
] as const;

/** The attacker agrees in a browser of their own, and stops before Skydiary; what they would open there. */
async function attackersAddress(lab: LabSession, evil: Client): Promise<string> {
  const own = new Browser(lab, `mallory-${lab.nonce}`, false);
  let place = await openLink(lab, own, evil);
  if (place.at === 'our page') place = await own.decideHere(place, 'allow');
  if (place.at !== 'their page') {
    throw new StepFailed(`Whoever agrees is sent to Skydiary: ${describePlace(place)}.`);
  }
  return place.url;
}

export const wayAttacks: Attack[] = [
  defineAttack<{ how: (typeof RIDES)[number] }>({
    id: 'up-rides-consent',
    title: 'A stranger’s client rides on an old consent',
    level: 'core',
    story:
      'Alice has signed in with her weather app, and Skydiary has noted that she lets this server in. An attacker registers a client, and sends her a link. She clicks, Skydiary asks nothing, and the code goes to the attacker: to Skydiary all clients of the server are one.',
    secureAnswer:
      'Our own page, before Skydiary is opened: it names this client and where the code would go. Without a yes there is no code.',
    lessonAnchor: 'ask-before-you-send-them-on',
    references: [confusedDeputy, sampleWithoutConsent, deputy],
    payload: z.strictObject({ how: z.enum(RIDES) }),
    ordinaryUse: signsInAndReads,
    variants: Object.fromEntries(RIDES.map((how) => [how, { how }])),
    async fire({ how }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice');
      const evil = evilRedirect(lab);
      const own = 'http://127.0.0.1:9/callback';
      const honest = await newClient(lab, { redirectUris: [own, evil] });
      if (how === 'after a no') {
        const shown = await openLink(lab, browser, honest);
        if (shown.at === 'our page') await browser.decideHere(shown, 'deny');
        return judgeCode(await openLink(lab, browser, honest), own, 'Alice had not said yes');
      }
      await agreedTo(lab, browser, honest);
      if (how === 'more scopes') {
        const asked = { scope: 'weather:read weather:write' };
        const place = await openLink(lab, browser, again(honest), asked);
        return judgeCode(place, own, 'Nobody was asked about weather:write');
      }
      const client =
        how === 'another address of the client'
          ? { ...again(honest), redirectUri: evil }
          : await evilClient(lab, how === 'another client' ? 'Free umbrellas' : undefined);
      if (how === 'a client that its author agreed to') {
        await agreedTo(lab, new Browser(lab, `mallory-${lab.nonce}`), client);
      }
      return judgeCode(await openLink(lab, browser, client), evil, 'Alice clicked on a link');
    },
  }),

  defineAttack<{ site: 'cross-site' | 'an old browser' }>({
    id: 'up-server-between',
    title: 'A server between a client and yours',
    level: 'core',
    story:
      'Alice connects her app to a server of the attacker’s. To sign her in, it sends her browser to ours, in the name of her app: a client document is the same at every server, and our consent remembers it. Her app gets our code, takes it for one of the other server, and brings it there, verifier and all.',
    secureAnswer:
      'Our page, each time, or whenever another site has led the browser here. It says at which server one is about to allow something.',
    lessonAnchor: 'what-may-be-remembered',
    references: [serverInTheMiddle, confusedDeputy, rfc(9207, '2.4')],
    payload: z.strictObject({ site: z.enum(['cross-site', 'an old browser']) }),
    ordinaryUse: signsInAndReads,
    variants: {
      'led here by another site': { site: 'cross-site' },
      'led here in an old browser': { site: 'an old browser' },
    },
    async fire({ site }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice');
      const app = await newClient(lab);
      await agreedTo(lab, browser, app);
      const place = await openLink(lab, browser, again(app), {}, site);
      return judgeCode(place, app.redirectUri, 'A site of the attacker’s led the browser here');
    },
  }),

  defineAttack<{ victim: (typeof VICTIMS)[number] }>({
    id: 'up-other-browser',
    title: 'A yes in one browser, and another one comes back',
    level: 'core',
    story:
      'The attacker opens the link of their own client, agrees on our page, and stops. The rest of the way, an address at Skydiary, goes to Alice. Her browser is signed in there and comes back to us with her code. The consent was real, and it was not hers.',
    secureAnswer:
      'A browser that has not agreed to this is refused on our own page. What was allowed stays with the cookie of the browser that allowed it.',
    lessonAnchor: 'the-same-browser',
    references: [stateOfProxies, notBoundToTheBrowser, csrf],
    payload: z.strictObject({ victim: z.enum(VICTIMS) }),
    ordinaryUse: signsInAndReads,
    variants: Object.fromEntries(VICTIMS.map((victim) => [victim, { victim }])),
    async fire({ victim }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice');
      const honest = await newClient(lab);
      const evil = await evilClient(lab);
      if (victim === 'has signed in here before') await agreedTo(lab, browser, honest);
      const address = await attackersAddress(lab, evil);
      if (victim === 'is on the way with another client') {
        browser.hasAllowedThere = false;
        const shown = await openLink(lab, browser, honest);
        if (shown.at === 'our page') await browser.decideHere(shown, 'allow');
        browser.hasAllowedThere = true;
      }
      const place = await browser.open(address, 'cross-site');
      return judgeCode(place, evil.redirectUri, 'Alice had agreed to nothing of the kind');
    },
  }),

  defineAttack<{ app: 'on the way' | 'signed in' }>({
    id: 'up-code-of-another',
    title: 'Signed in as somebody else',
    level: 'core',
    story:
      'The attacker goes the whole way with the app that Alice uses, and keeps the last address: the one that brings their own code back to us. Alice’s browser opens it while she is on her way with that app. Were it taken for hers, her app would be signed in as the attacker, and write everything into the attacker’s account.',
    secureAnswer:
      'The state in the address is not the one that this browser is waiting for, so that it is refused.',
    lessonAnchor: 'the-same-browser',
    references: [stateOfProxies, rfc(6749, '10.12'), csrf],
    payload: z.strictObject({ app: z.enum(['on the way', 'signed in']) }),
    ordinaryUse: signsInAndReads,
    variants: { 'on the way': { app: 'on the way' }, 'signed in': { app: 'signed in' } },
    async fire({ app: isApp }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice', isApp === 'signed in');
      const app = await newClient(lab);
      const url = await attackersAddress(lab, again(app));
      const user = `mallory-${lab.nonce}`;
      const back = await lab.thirdParty.visit({ url, user, hasAllowed: true });
      if (back.location === undefined) throw new StepFailed('Skydiary sent nobody back.');
      let place = await openLink(lab, browser, app);
      if (place.at === 'our page') place = await browser.decideHere(place, 'allow');
      return judgeCode(
        await browser.open(back.location, 'cross-site'),
        app.redirectUri,
        'Alice’s browser brought the code of somebody else',
      );
    },
  }),

  defineAttack<{ shown: number }>({
    id: 'up-state-early',
    title: 'A state before the yes',
    level: 'core',
    story:
      'Alice’s browser is made to open our page for the attacker’s client, and she does not press anything. If the page has already set the cookie, the attacker needs only the state that fits: it may be the one that their own client sent, or the one that the same request got in their own browser. They open the rest of the way in hers.',
    secureAnswer:
      'The state is made, and its cookie set, when the user has said yes. A page that is only shown leaves nothing that the way back would take for a consent.',
    lessonAnchor: 'a-state-after-the-yes',
    references: [stateOfProxies, confusedDeputy, csrf],
    payload: z.strictObject({ shown: z.number().int().min(1).max(5) }),
    ordinaryUse: signsInAndReads,
    variants: { 'the page was shown': { shown: 1 }, 'the page was shown twice': { shown: 2 } },
    async fire({ shown }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice');
      const evil = await evilClient(lab);
      const ofTheSameRequest = await attackersAddress(lab, evil);
      for (let times = 0; times < shown; times++) await openFirstOnly(lab, browser, evil);
      const ofTheClient = new URL(ofTheSameRequest);
      ofTheClient.searchParams.set('state', evil.state);
      // It belongs to the other state, and Skydiary does not insist on it.
      ofTheClient.searchParams.delete('code_challenge');
      for (const address of [ofTheSameRequest, ofTheClient.href]) {
        const place = await browser.open(address, 'cross-site');
        const found = judgeCode(place, evil.redirectUri, 'Our page was shown, and nobody agreed');
        if (found.breaches.length > 0) return found;
      }
      return nothing;
    },
  }),

  defineAttack<{ minutes: number }>({
    id: 'up-state-twice',
    title: 'The same way once more',
    level: 'core',
    story:
      'Alice has signed in with an app. The address at Skydiary is still in the history of her browser, in a proxy’s log, in a page that could read it. Whoever opens it there again gets the app another code, and nobody is asked.',
    secureAnswer: 'A state is good for one way back. After that the browser is refused.',
    lessonAnchor: 'a-state-after-the-yes',
    references: [stateOfProxies, cwe(294, 'Authentication Bypass by Capture-replay')],
    payload: z.strictObject({ minutes: z.number().min(0).max(9) }),
    ordinaryUse: signsInAndReads,
    variants: { 'at once': { minutes: 0 }, 'five minutes later': { minutes: 5 } },
    async fire({ minutes }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice');
      const app = await newClient(lab);
      await agreedTo(lab, browser, app);
      const address = browser.lastThere;
      if (address === undefined) throw new StepFailed('The way did not lead over Skydiary.');
      await lab.advance(minutes * MINUTE_MS);
      const place = await browser.open(address, 'cross-site');
      return judgeCode(place, app.redirectUri, 'The way of before was gone a second time');
    },
  }),

  defineAttack<{ minutes: number; cookies: 'end' | 'are kept' }>({
    id: 'up-state-late',
    title: 'A yes of yesterday',
    level: 'core',
    story:
      'Alice agrees on our page, sees Skydiary’s, and leaves it. A day later somebody else sits at this browser, or a page leads it there: Skydiary has been allowed in the meantime, and the old yes still counts.',
    secureAnswer:
      'After ten minutes nothing is known any more of what was agreed to, whether the browser has kept its cookie or not.',
    lessonAnchor: 'a-state-after-the-yes',
    references: [stateOfProxies, cwe(613, 'Insufficient Session Expiration')],
    payload: z.strictObject({
      minutes: z.number().min(11).max(100_000),
      cookies: z.enum(['end', 'are kept']),
    }),
    ordinaryUse: signsInAndReads,
    variants: {
      'eleven minutes': { minutes: 11, cookies: 'end' },
      'a day': { minutes: 24 * 60, cookies: 'end' },
      'in a browser that keeps its cookies': { minutes: 24 * 60, cookies: 'are kept' },
    },
    async fire({ minutes, cookies }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice', false);
      browser.keepsCookies = cookies === 'are kept';
      const app = await newClient(lab);
      let place = await openLink(lab, browser, app);
      if (place.at === 'our page') place = await browser.decideHere(place, 'allow');
      if (place.at !== 'their page') {
        throw new StepFailed(`Whoever agrees is sent to Skydiary: ${describePlace(place)}.`);
      }
      await lab.advance(minutes * MINUTE_MS);
      const late = await browser.decideThere(place.url, 'allow');
      return judgeCode(late, app.redirectUri, `The yes was ${minutes} minutes old`);
    },
  }),
];

/** Opens the link, and goes no further than our answer to it. */
async function openFirstOnly(lab: LabSession, browser: Browser, client: Client): Promise<void> {
  const hadAllowed = browser.hasAllowedThere;
  browser.hasAllowedThere = false;
  await browser.open(linkOf(lab, client), 'cross-site');
  browser.hasAllowedThere = hadAllowed;
}
