/** Attacks on the way over the third party: who was asked, about which client, and in which browser. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { StepFailed, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import { answerAt, Browser, describePlace, type Place } from './browser.ts';
import {
  again,
  atSkydiary,
  codeAt,
  confusedDeputy,
  evilClient,
  evilRedirect,
  linkOf,
  newClient,
  openLink,
  signsInAndReads,
  signsInOverBoth,
  signsInOverHttps,
  somebody,
  stateOfProxies,
  type Client,
} from './signing-in.ts';

const MINUTE_MS = 60_000;
/** So long a way may take. */
const NEARLY_MS = 9 * MINUTE_MS;

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

const ALL_SCOPES = { scope: 'weather:read weather:write' };

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
  'an address of one consent, and scopes of another',
  'a client of one consent, and an address of another',
] as const;

const VICTIMS = [
  'only signed in there',
  'has signed in here before',
  'is on the way with another client',
  'opens the attacker’s second way',
] as const;

/** What else happens while Alice is at Skydiary. */
const MEANWHILE = ['nothing', 'another yes in this browser', 'the yes of somebody else'] as const;

const RETURNS = [
  'in the same browser',
  'with a copy of its cookies',
  'on a way without our page',
  'after a no at Skydiary',
  'many times at once',
] as const;
const AT_ONCE = 20;

const PLANTED = [
  'under its name',
  'without its prefix',
  'under a longer name',
  'inside the value of another one',
  'in another spelling',
] as const;

/** The attacker agrees in a browser of their own, and stops before Skydiary; what they would open there. */
async function attackersAddress(
  lab: LabSession,
  evil: Client,
  own = new Browser(lab, `mallory-${lab.nonce}`, false),
): Promise<string> {
  own.hasAllowedThere = false;
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
    controls: ['createThirdPartySignIn'],
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
      if (how === 'an address of one consent, and scopes of another') {
        const other = 'http://127.0.0.1:9/elsewhere';
        const app = await newClient(lab, { redirectUris: [own, other] });
        await agreedTo(lab, browser, app, { scope: 'weather:read' });
        await agreedTo(lab, browser, { ...again(app), redirectUri: other }, ALL_SCOPES);
        const place = await openLink(lab, browser, again(app), ALL_SCOPES);
        return judgeCode(place, own, 'Nobody was asked about weather:write at this address');
      }
      await agreedTo(lab, browser, honest);
      if (how === 'a client of one consent, and an address of another') {
        const shared = await newClient(lab, { name: 'Umbrella app', redirectUris: [evil] });
        await agreedTo(lab, browser, shared);
      }
      if (how === 'more scopes') {
        const place = await openLink(lab, browser, again(honest), ALL_SCOPES);
        return judgeCode(place, own, 'Nobody was asked about weather:write');
      }
      const client =
        how === 'another address of the client' ||
        how === 'a client of one consent, and an address of another'
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
    controls: ['createThirdPartySignIn'],
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
    controls: ['createThirdPartySignIn'],
    references: [stateOfProxies, notBoundToTheBrowser, csrf],
    payload: z.strictObject({ victim: z.enum(VICTIMS) }),
    ordinaryUse: signsInAndReads,
    variants: Object.fromEntries(VICTIMS.map((victim) => [victim, { victim }])),
    async fire({ victim }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice');
      const honest = await newClient(lab);
      const evil = await evilClient(lab);
      if (victim !== 'only signed in there' && victim !== 'is on the way with another client') {
        await agreedTo(lab, browser, honest);
      }
      const own = new Browser(lab, `mallory-${lab.nonce}`);
      // A consent that is remembered makes a way without a page of ours: that way has a browser, too.
      if (victim === 'opens the attacker’s second way') await agreedTo(lab, own, evil);
      const address = await attackersAddress(lab, again(evil), own);
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
    controls: ['createThirdPartySignIn'],
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

  defineAttack<{ shown: number; next: 'it is opened here' | 'its cookies were copied' }>({
    id: 'up-state-early',
    title: 'A state before the yes',
    level: 'core',
    story:
      'Alice’s browser is made to open our page for the attacker’s client, and she does not press anything. If the page has already set the cookie, the attacker needs only the state that fits: it may be the one that their own client sent, or the one that the same request got in their own browser. They open the rest of the way in hers. Or they have read the cookie there, or left it there, before she says yes to an app of her own.',
    secureAnswer:
      'The state is made, and its cookie set, when the user has said yes. A page that is only shown leaves nothing that the way back would take for a consent.',
    lessonAnchor: 'a-state-after-the-yes',
    controls: ['createThirdPartySignIn'],
    references: [stateOfProxies, confusedDeputy, csrf],
    payload: z.strictObject({
      shown: z.number().int().min(1).max(5),
      next: z.enum(['it is opened here', 'its cookies were copied']),
    }),
    ordinaryUse: signsInAndReads,
    variants: {
      'the page was shown': { shown: 1, next: 'it is opened here' },
      'the page was shown twice': { shown: 2, next: 'it is opened here' },
      'its cookies were copied': { shown: 1, next: 'its cookies were copied' },
    },
    async fire({ shown, next }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice');
      if (next === 'its cookies were copied') {
        const app = await newClient(lab);
        for (let times = 0; times < shown; times++) await openFirstOnly(lab, browser, app);
        const copy = browser.copied(`mallory-${lab.nonce}`);
        const place = await copy.open(await atSkydiary(lab, browser, app), 'none');
        const how = 'Another browser had only the cookies from before the yes';
        return judgeCode(place, app.redirectUri, how);
      }
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

  defineAttack<{ how: (typeof RETURNS)[number]; minutes: number }>({
    id: 'up-state-twice',
    title: 'The same way once more',
    level: 'core',
    story:
      'Alice has signed in with an app. The address at Skydiary is still in the history of her browser, in a proxy’s log, in a page that could read it. Whoever opens it there again gets the app another code, and nobody is asked. Or they have copied her cookies, so that it does not help to have taken them away; or they are as quick as she is.',
    secureAnswer:
      'A state is good for one way back, whatever is said on it. It is used up on the server, and in the same moment in which it is found good.',
    lessonAnchor: 'a-state-after-the-yes',
    controls: ['createThirdPartySignIn'],
    references: [
      stateOfProxies,
      cwe(294, 'Authentication Bypass by Capture-replay'),
      cwe(367, 'Time-of-check Time-of-use (TOCTOU) Race Condition'),
    ],
    payload: z.strictObject({ how: z.enum(RETURNS), minutes: z.number().min(0).max(9) }),
    ordinaryUse: signsInAndReads,
    variants: {
      'at once': { how: 'in the same browser', minutes: 0 },
      'five minutes later': { how: 'in the same browser', minutes: 5 },
      'with a copy of its cookies': { how: 'with a copy of its cookies', minutes: 8 },
      'on a way without our page': { how: 'on a way without our page', minutes: 1 },
      'after a no at Skydiary': { how: 'after a no at Skydiary', minutes: 1 },
      'many times at once': { how: 'many times at once', minutes: 0 },
    },
    async fire({ how, minutes }, lab) {
      await lab.thirdParty.signInThere();
      if (how === 'many times at once') {
        const through = await lab.thirdParty.resumeAtOnce(AT_ONCE);
        return through > 1
          ? { breaches: [`One state was good ${through} times at once.`], complaints: [] }
          : nothing;
      }
      const { browser } = await somebody(lab, 'alice');
      const app = await newClient(lab);
      if (how === 'on a way without our page') await agreedTo(lab, browser, again(app));
      const address = await atSkydiary(lab, browser, app);
      const copy = browser.copied();
      if (how === 'after a no at Skydiary') await browser.decideThere(address, 'deny');
      else codeAt(await browser.decideThere(address, 'allow'), app);
      browser.hasAllowedThere = true;
      await lab.advance(minutes * MINUTE_MS);
      for (const one of how === 'in the same browser' ? [browser] : [browser, copy]) {
        const place = await one.open(address, 'cross-site');
        const found = judgeCode(place, app.redirectUri, 'The way of before was gone a second time');
        if (found.breaches.length > 0) return found;
      }
      return nothing;
    },
  }),

  defineAttack<{
    minutes: number;
    cookies: 'end' | 'are kept';
    meanwhile: (typeof MEANWHILE)[number];
    /** Alice has agreed to the same before. */
    remembered: boolean;
  }>({
    id: 'up-state-late',
    title: 'A yes of yesterday',
    level: 'core',
    story:
      'Alice agrees on our page, sees Skydiary’s, and leaves it. A day later somebody else sits at this browser, or a page leads it there: Skydiary has been allowed in the meantime, and the old yes still counts.',
    secureAnswer:
      'Ten minutes after a yes nothing is known any more of what was agreed to, whether the browser has kept its cookie or not, and whatever else was agreed to since.',
    lessonAnchor: 'a-state-after-the-yes',
    controls: ['createThirdPartySignIn'],
    references: [stateOfProxies, cwe(613, 'Insufficient Session Expiration')],
    payload: z.strictObject({
      minutes: z.number().min(11).max(100_000),
      cookies: z.enum(['end', 'are kept']),
      meanwhile: z.enum(MEANWHILE),
      remembered: z.boolean(),
    }),
    ordinaryUse: signsInAndReads,
    variants: {
      'eleven minutes': { minutes: 11, cookies: 'end', meanwhile: 'nothing', remembered: false },
      'a day': { minutes: 24 * 60, cookies: 'end', meanwhile: 'nothing', remembered: false },
      'in a browser that keeps its cookies': {
        minutes: 24 * 60,
        cookies: 'are kept',
        meanwhile: 'nothing',
        remembered: false,
      },
      'on a way without our page': {
        minutes: 11,
        cookies: 'are kept',
        meanwhile: 'nothing',
        remembered: true,
      },
      'after another yes': {
        minutes: 18,
        cookies: 'are kept',
        meanwhile: 'another yes in this browser',
        remembered: false,
      },
      'after the yes of somebody else': {
        minutes: 18,
        cookies: 'are kept',
        meanwhile: 'the yes of somebody else',
        remembered: false,
      },
    },
    async fire({ minutes, cookies, meanwhile, remembered }, lab) {
      await lab.thirdParty.signInThere();
      const { browser } = await somebody(lab, 'alice', false);
      browser.keepsCookies = cookies === 'are kept';
      const app = await newClient(lab);
      if (remembered) await agreedTo(lab, browser, again(app));
      const address = await atSkydiary(lab, browser, app);
      await lab.advance(NEARLY_MS);
      if (meanwhile !== 'nothing') {
        const other = meanwhile === 'another yes in this browser' ? browser : bobsBrowser(lab);
        await agreedTo(lab, other, await newClient(lab, { name: 'Umbrella app' }));
        await openFirstOnly(lab, other, again(app));
      }
      await lab.advance(minutes * MINUTE_MS - NEARLY_MS);
      const late = await browser.decideThere(address, 'allow');
      return judgeCode(late, app.redirectUri, `The yes was ${minutes} minutes old`);
    },
  }),

  defineAttack<{ planted: (typeof PLANTED)[number] }>({
    id: 'up-planted-cookie',
    title: 'A cookie that a neighbor has planted',
    level: 'core',
    story:
      'The attacker has another host of the same domain, such as a page of a customer’s. It may set cookies for the whole domain. They agree in their own browser, and give Alice’s the cookie that they got, under a name that a neighbor may use. Then it opens the rest of their way.',
    secureAnswer:
      'With https the cookie is called `__Host-…`, which no neighbor can set, and it is looked for under just that name: not under another one, and not anywhere in the header.',
    lessonAnchor: 'what-the-cookie-says-of-itself',
    controls: ['createThirdPartySignIn'],
    references: [
      link(
        'Cookies: HTTP State Management Mechanism (draft), 4.1.3.2 and 8.6',
        'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis',
      ),
      cwe(565, 'Reliance on Cookies without Validation and Integrity Checking'),
    ],
    payload: z.strictObject({ planted: z.enum(PLANTED) }),
    ordinaryUse: signsInOverHttps,
    variants: Object.fromEntries(PLANTED.map((planted) => [planted, { planted }])),
    async fire({ planted }, lab) {
      await lab.thirdParty.signInThere('https');
      const { browser } = await somebody(lab, 'alice');
      const evil = await evilClient(lab);
      const own = new Browser(lab, `mallory-${lab.nonce}`, false);
      // The second of their ways may have begun with a consent that is remembered, and with its cookie.
      await agreedTo(lab, own, again(evil));
      const address = await attackersAddress(lab, evil, own);
      for (const { name, value } of own.cookies) {
        const plain = name.replace(/^__Host-/i, '');
        if (planted === 'under its name') browser.plant(name, value);
        if (planted === 'without its prefix') browser.plant(plain, value);
        if (planted === 'under a longer name') browser.plant(`x${name}`, value);
        if (planted === 'in another spelling') browser.plant(`%5F${name.slice(1)}`, value);
        if (planted === 'inside the value of another one') {
          browser.plant(`x-${plain}`, `${name}=${value}`);
          browser.plant(`y-${plain}`, `y,${name}=${value}`);
          browser.plant(`z-${plain}`, `z ${name}=${value}`);
        }
      }
      const place = await browser.open(address, 'cross-site');
      return judgeCode(place, evil.redirectUri, 'Alice had agreed to nothing of the kind');
    },
  }),

  defineAttack<{ scheme: 'http' | 'https' }>({
    id: 'up-cookie-read',
    title: 'A cookie that a script can read',
    level: 'core',
    story:
      'A script has got into some page of this host. It cannot see what Alice does at Skydiary, but it reads what cookies it can, and sends them away. With the address, which stands in a proxy’s log, the attacker’s browser takes her place on the way.',
    secureAnswer: 'The cookie is `HttpOnly`: no script needs it, and none gets it.',
    lessonAnchor: 'what-the-cookie-says-of-itself',
    controls: ['createThirdPartySignIn'],
    references: [rfc(6265, '4.1.2.6'), cwe(1004, 'Sensitive Cookie Without ‘HttpOnly’ Flag')],
    payload: z.strictObject({ scheme: z.enum(['http', 'https']) }),
    ordinaryUse: signsInOverBoth,
    variants: { 'over http': { scheme: 'http' }, 'over https': { scheme: 'https' } },
    async fire({ scheme }, lab) {
      await lab.thirdParty.signInThere(scheme);
      const { browser } = await somebody(lab, 'alice');
      const app = await newClient(lab);
      const how = 'Another browser had only the cookies that a script can read';
      return onBothWays(lab, browser, app, (address) => {
        const reader = browser.copiedByScript(`mallory-${lab.nonce}`);
        return reader.open(address, 'none').then((place) => judgeCode(place, app.redirectUri, how));
      });
    },
  }),

  defineAttack<{ scheme: 'http' | 'https' }>({
    id: 'up-in-a-frame',
    title: 'The rest of the way in a frame',
    level: 'core',
    story:
      'Alice has said yes, and thinks about it at Skydiary, which knows her. In another window a page of the attacker’s has a frame that nobody sees. It opens the address that she is at, and the way is gone to its end without her.',
    secureAnswer:
      'The cookie is `SameSite=Lax`, and says so, for not every browser takes that for granted: a frame in a page of another site does not get it, and a browser that comes back does.',
    lessonAnchor: 'what-the-cookie-says-of-itself',
    controls: ['createThirdPartySignIn'],
    references: [
      csrf,
      cwe(1275, 'Sensitive Cookie with Improper SameSite Attribute'),
      link(
        'Cookies: HTTP State Management Mechanism (draft), 5.2 and 8.8',
        'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis',
      ),
    ],
    payload: z.strictObject({ scheme: z.enum(['http', 'https']) }),
    ordinaryUse: signsInOverBoth,
    variants: { 'over http': { scheme: 'http' }, 'over https': { scheme: 'https' } },
    async fire({ scheme }, lab) {
      await lab.thirdParty.signInThere(scheme);
      const { browser } = await somebody(lab, 'alice');
      const app = await newClient(lab);
      return onBothWays(lab, browser, app, async (address) => {
        browser.hasAllowedThere = true;
        const place = await browser.open(address, 'a frame');
        const how = 'A frame of another site went the way to its end';
        return judgeCode(place, app.redirectUri, how);
      });
    },
  }),
];

/** Tries it on a way that begins on our page, and on one that may begin with a consent of before. */
async function onBothWays(
  lab: LabSession,
  browser: Browser,
  app: Client,
  attack: (address: string) => Promise<Findings>,
): Promise<Findings> {
  const first = await attack(await atSkydiary(lab, browser, app));
  if (first.breaches.length > 0) return first;
  await agreedTo(lab, browser, again(app));
  return attack(await atSkydiary(lab, browser, again(app)));
}

/** A user who has nothing to do with any of it. */
const bobsBrowser = (lab: LabSession): Browser => new Browser(lab, `bob-${lab.nonce}`);

/** Opens the link, and goes no further than our answer to it. */
async function openFirstOnly(lab: LabSession, browser: Browser, client: Client): Promise<void> {
  const hadAllowed = browser.hasAllowedThere;
  browser.hasAllowedThere = false;
  await browser.open(linkOf(lab, client), 'cross-site');
  browser.hasAllowedThere = hadAllowed;
}
