/** Alice, her client, and whoever spoils the way over Skydiary, a third party. */
import {
  answerAt,
  Browser,
  describePlace,
  type Place,
} from '../../catalogue/attacks/20-upstream-authority/browser.ts';
import {
  callDiary,
  evilClient,
  newClient,
  openLink,
  signIn,
  somebody,
  tokenFor,
  type Client,
} from '../../catalogue/attacks/20-upstream-authority/signing-in.ts';
import {
  ACCOUNT,
  ENTRIES,
  hasOurToken,
  logThere,
  tokensIn,
} from '../../catalogue/attacks/20-upstream-authority/their-log.ts';
import { describeReply, PARIS, succeeded } from '../../catalogue/attacks/replies.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import { carry } from './carry.ts';
import type { ThirdPartyStep } from './third-party-flow.ts';
import type { StepResult, Walker } from './walker.ts';

/** What is known by now. */
interface Trip {
  lab: TargetSession;
  /** Ids of the switches that are on. */
  on: ReadonlySet<string>;
  client: Client;
  /** An attacker has registered the client, and Alice has let our server in at Skydiary before. */
  isEvil: boolean;
  alice: Browser;
  mallory: Browser;
  /** What stands in Alice's diary. */
  secret: string;
  /** Where a browser stopped first. */
  arrived: { place: Place; browser: Browser } | undefined;
  /** Addresses at Skydiary that Alice's browser opens. */
  addresses: string[];
  /** Where it is sent back from there. */
  ways: string[];
  code: string;
  token: string;
}

export async function beginThirdParty(
  lab: TargetSession,
  on: ReadonlySet<string>,
): Promise<Walker<ThirdPartyStep>> {
  await lab.thirdParty.signInThere();
  const { browser: alice, secret } = await somebody(lab, 'alice', false);
  if (on.has('rides-consent')) await signIn(lab, alice, await newClient(lab));
  // The walk stops at Skydiary's page, and decides there itself.
  alice.hasAllowedThere = false;
  const isEvil = ['rides-consent', 'other-browser', 'state-early'].some((id) => on.has(id));
  const trip: Trip = {
    lab,
    on,
    client: await (isEvil ? evilClient(lab, 'Free umbrellas') : newClient(lab)),
    isEvil,
    alice,
    mallory: new Browser(lab, `mallory-${lab.nonce}`, false),
    secret,
    arrived: undefined,
    addresses: [],
    ways: [],
    code: '',
    token: '',
  };
  return {
    arrive: () => arrive(trip),
    'our-page': () => agreeHere(trip),
    'their-page': () => agreeThere(trip),
    back: () => comeBack(trip),
    'our-token': () => redeemOurCode(trip),
    diary: () => readTheDiary(trip),
  };
}

async function arrive(trip: Trip): Promise<StepResult> {
  const { lab, on, client, alice, mallory } = trip;
  const isMallorys = on.has('other-browser') && !on.has('rides-consent') && !on.has('state-early');
  const browser = isMallorys ? mallory : alice;
  const place = await openLink(lab, browser, client);
  trip.arrived = { place, browser };
  const carried = carry({
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    'state of the client': client.state,
  });
  if (place.at === 'their page') {
    return { outcome: 'done', summary: 'The browser was sent on to Skydiary at once.', carried };
  }
  if (place.at !== 'our page') {
    const summary = `There is no way to Skydiary: ${describePlace(place)}.`;
    return { outcome: 'failed', summary, carried, ends: true };
  }
  if (!on.has('rides-consent')) {
    const who = isMallorys ? 'The attacker' : 'Alice';
    return { outcome: 'done', summary: `${who} is shown our page about this client.`, carried };
  }
  return {
    outcome: 'refused',
    summary: 'Alice is shown our page about a client that she does not know, and presses nothing.',
    prevented: [
      {
        control: 'createThirdPartySignIn → arrive',
        reason: 'Our page asks about this client before Skydiary is opened.',
      },
    ],
    carried,
    ends: true,
  };
}

async function agreeHere(trip: Trip): Promise<StepResult> {
  const { lab, on, client, alice, mallory, arrived } = trip;
  const isMallorys = on.has('other-browser') || on.has('state-early');
  const browser = isMallorys ? mallory : alice;
  const shown = arrived?.browser === browser ? arrived.place : await openLink(lab, browser, client);
  const from = lab.exchanges.length;
  const place = shown.at === 'our page' ? await browser.decideHere(shown, 'allow') : shown;
  if (place.at !== 'their page') {
    const summary = `Whoever agrees is sent to Skydiary: ${describePlace(place)}.`;
    return { outcome: 'failed', summary, ends: true };
  }
  trip.addresses = [place.url];
  if (on.has('state-early')) trip.addresses.push(withStateOf(client, place.url));
  const address = new URL(place.url);
  const state = address.searchParams.get('state');
  if (shown.at !== 'our page') {
    return {
      outcome: 'done',
      summary: 'Nobody was asked, on any page of ours.',
      remarks: ['Skydiary cannot ask about this client, and our server did not.'],
      carried: carry({ 'address at Skydiary': place.url, state }),
    };
  }
  const cookie = lab.exchanges
    .slice(from)
    .flatMap(({ response }) => response.headers['set-cookie'] ?? []);
  return {
    outcome: 'done',
    summary: isMallorys
      ? 'The attacker agreed, in a browser of their own, and gives Alice the rest of the way.'
      : 'Alice agreed, and her browser was sent on to Skydiary.',
    remarks: cookie.length === 0 ? ['No cookie says which browser has agreed.'] : [],
    carried: carry({ 'address at Skydiary': place.url, state, cookie: cookie[0] }),
  };
}

/** The attacker has never seen another state; the challenge belongs to that one. */
function withStateOf(client: Client, address: string): string {
  const url = new URL(address);
  url.searchParams.set('state', client.state);
  url.searchParams.delete('code_challenge');
  return url.href;
}

async function agreeThere(trip: Trip): Promise<StepResult> {
  for (const address of trip.addresses) {
    const way = await visitSkydiary(trip, address, trip.isEvil);
    if (way !== undefined) trip.ways.push(way);
  }
  const [way] = trip.ways;
  if (way === undefined) {
    return { outcome: 'failed', summary: 'Skydiary refused the request.', ends: true };
  }
  const back = new URL(way).searchParams;
  return {
    outcome: 'done',
    summary: trip.isEvil
      ? 'Skydiary remembers that Alice has let our server in. It asks nothing.'
      : 'Alice let our server in, and Skydiary sends her browser back.',
    carried: carry({ 'code of Skydiary’s': back.get('code'), state: back.get('state') }),
  };
}

async function comeBack(trip: Trip): Promise<StepResult> {
  const { lab, on, client, alice, isEvil } = trip;
  const before = new Set((await lab.credentialRows()).map(({ sealed }) => sealed));
  let place: Place = { at: 'the end' };
  for (const way of trip.ways) {
    place = await alice.open(way, 'cross-site');
    if (codeIn(place, client) !== undefined) break;
  }
  const answer = answerAt(place, client.redirectUri);
  const code = codeIn(place, client);
  if (code === undefined) {
    const isSpoiled = on.has('other-browser') || on.has('state-early');
    const summary = isSpoiled
      ? 'Alice’s browser is not let on, and nobody gets a code.'
      : `Whoever has agreed is not let on: ${describePlace(place)}.`;
    const outcome = isSpoiled && !isBroken(place) ? 'refused' : 'failed';
    return { outcome, summary, ends: true };
  }
  trip.code = code;
  const rows = (await lab.credentialRows()).filter(({ sealed }) => !before.has(sealed));
  const remarks: string[] = [];
  if (answer?.get('state') !== client.state) {
    remarks.push('The state of the client did not come back as it was sent.');
  }
  if ((await tokensIn(lab, JSON.stringify(rows))).length > 0) {
    remarks.push('Skydiary’s token stands in the table of credentials for everybody to read.');
  }
  const carried = carry({
    code,
    'state of the client': answer?.get('state'),
    'row of credentials': rows[0],
  });
  if (!on.has('state-twice')) {
    const whose = isEvil ? 'The attacker’s client' : 'The client';
    return { outcome: 'done', summary: `${whose} got a code of ours.`, carried, remarks };
  }
  const once = trip.addresses[0] ?? '';
  const second = await alice.open((await visitSkydiary(trip, once, true)) ?? once, 'cross-site');
  if (codeIn(second, client) !== undefined) {
    const summary = 'The same state brought a second code of ours.';
    return { outcome: 'done', summary, carried, remarks };
  }
  if (isBroken(second)) {
    return { outcome: 'failed', summary: `The second time, ${describePlace(second)}.`, carried };
  }
  const summary = 'The client got a code. The second time, the browser is not let on.';
  return { outcome: 'refused', summary, carried, remarks };
}

const codeIn = (place: Place, { redirectUri }: Client): string | undefined =>
  answerAt(place, redirectUri)?.get('code') ?? undefined;

const isBroken = (place: Place): boolean =>
  place.at === 'the end' && place.reply !== undefined && !isAnswer(place.reply.status);
const isAnswer = (status: number): boolean => status > 0 && status < 500;

async function redeemOurCode(trip: Trip): Promise<StepResult> {
  trip.token = await tokenFor(trip.lab, trip.client, trip.code);
  return {
    outcome: 'done',
    summary: trip.isEvil
      ? 'The attacker’s client has a token of ours, for Alice.'
      : 'The client has a token of ours.',
    carried: carry({ access_token: trip.token }),
  };
}

async function readTheDiary(trip: Trip): Promise<StepResult> {
  const { lab, on, token, secret, isEvil } = trip;
  const reply = await callDiary(lab, token);
  if (!succeeded(reply) || !reply.text.includes(secret)) {
    return { outcome: 'failed', summary: `There is no diary: ${describeReply(reply)}` };
  }
  const log = (await logThere(lab)).filter(({ requestId }) => requestId === reply.requestId);
  const atTheApi = log.filter(({ url }) => url.startsWith(ENTRIES));
  const seen = await tokensIn(lab, atTheApi.map(({ shown }) => shown).join('\n'));
  const hasOurs = log.some(({ shown }) => hasOurToken(shown, token));
  const asked = log.map(({ shown }) => new URLSearchParams(shown.split('\n').at(-1)));
  const exchange = asked.find((form) => form.has('subject_token'));
  const carried = carry({
    'token for the API': seen[0],
    'audience of it': exchange?.get('resource'),
    'scope of it': exchange?.get('scope'),
  });

  const got: string[] = [];
  const prevented: StepResult['prevented'] = [];
  if (on.has('own-token')) {
    const label = 'a thief, with what stands in the log';
    const [stolen] = hasOurs ? [token] : seen;
    const ran =
      stolen !== undefined &&
      succeeded(await lab.call('get_weather', PARIS, { token: stolen, label }));
    if (ran) got.push('a tool of ours ran for whoever reads Skydiary’s log');
    else prevented.push({ control: 'readDiary', reason: 'Our token was not sent to Skydiary.' });
  }
  if (on.has('token-in-answer')) {
    if (await isTokenTold(trip, reply.text)) {
      got.push('Alice’s diary at Skydiary is open to whoever reads our answers');
    } else {
      const reason = 'Of what Skydiary says, only date and text are passed on.';
      prevented.push({ control: 'readDiary', reason });
    }
  }
  if (got.length > 0) {
    return { outcome: 'done', summary: `${sentence(got.join(', and '))}.`, prevented, carried };
  }
  if (prevented.length > 0) {
    const summary = 'The client has the diary, and nobody else got a token that is good here.';
    return { outcome: 'refused', summary, prevented, carried };
  }
  const remarks = [
    ...(hasOurs ? ['Our token stands in Skydiary’s log, and is good for all of our tools.'] : []),
    ...((await opensAccount(lab, seen)) ? ['What the API was shown does more than read.'] : []),
    ...((await tokensIn(lab, reply.text)).length > 0
      ? ['A token of Skydiary’s stands in our answer.']
      : []),
  ];
  const whose = isEvil ? 'The attacker’s client has Alice’s diary' : 'The client has the diary';
  return { outcome: 'done', summary: `${whose}.`, carried, remarks };
}

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Looks into an answer that worked, and then into those that quote what Skydiary refused. */
async function isTokenTold({ lab, token }: Trip, answer: string): Promise<boolean> {
  let found = await tokensIn(lab, answer);
  for (const refused of ['exchanges', 'readings'] as const) {
    if (found.length > 0) break;
    await lab.thirdParty.refuse(refused);
    const reply = await callDiary(lab, token, `get_diary, while Skydiary refuses ${refused}`);
    found = await tokensIn(lab, reply.text);
  }
  await lab.thirdParty.refuse('nothing');
  const [stolen] = found;
  return stolen !== undefined && readsThere(lab, stolen);
}

/** Whether somebody who has a token of Skydiary's reads entries with it. */
async function readsThere(lab: TargetSession, stolen: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${stolen}` };
  const { status, body } = await lab.thirdParty.ask({ url: ENTRIES, headers });
  const label = 'a thief at Skydiary, with what stands in the answer';
  noteVisit(lab, { label, url: ENTRIES, headers, status, body: JSON.stringify(body) });
  return status < 300;
}

/** Whether one of these tokens of Skydiary's reads an account, which has nothing to do with entries. */
async function opensAccount(lab: TargetSession, tokens: string[]): Promise<boolean> {
  for (const stolen of tokens) {
    const headers = { authorization: `Bearer ${stolen}` };
    if ((await lab.thirdParty.ask({ url: ACCOUNT, headers })).status < 300) return true;
  }
  return false;
}

/** Opens an address there and, if its page asks, says yes; where the browser is sent from there. */
async function visitSkydiary(
  { lab, alice }: Trip,
  url: string,
  hasAllowed: boolean,
): Promise<string | undefined> {
  const visit = { url, user: alice.user, hasAllowed };
  const label = `${alice.user}’s browser at Skydiary`;
  const opened = await lab.thirdParty.visit(visit);
  noteVisit(lab, { label, url, ...opened });
  if (opened.status !== 200) return opened.location;
  const agreed = await lab.thirdParty.visit({ ...visit, decision: 'allow' });
  noteVisit(lab, { label: 'allow on Skydiary’s page', method: 'POST', url, ...agreed });
  return agreed.location;
}

interface VisitThere {
  label: string;
  method?: string;
  url: string;
  headers?: Record<string, string>;
  status: number;
  location?: string | undefined;
  body?: string;
}

/** It is no request to our server, and whoever follows the walk wants to see it all the same. */
function noteVisit(lab: TargetSession, visit: VisitThere): void {
  const { label, method = 'GET', url, headers = {}, status, location, body = '' } = visit;
  lab.exchanges.push({
    role: lab.role,
    label,
    requestId: `skydiary-${lab.exchanges.length + 1}`,
    request: { method, path: url, headers, body: '' },
    response: { status, headers: location === undefined ? {} : { location }, body },
  });
}
