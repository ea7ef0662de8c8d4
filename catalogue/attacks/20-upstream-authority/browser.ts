/**
 * A browser with one user in it: it follows redirects between our server and Skydiary, keeps our cookies
 * as browsers do, and shows what stands there when it has to stop.
 */
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import { StepFailed } from '../../../lab/protocol.ts';
import { fieldsOf } from '../oauth-client.ts';
import { describeReply } from '../replies.ts';

/** Where a browser stops. */
export type Place =
  /** Our consent page. */
  | { at: 'our page'; reply: LabReply; fields: [string, string][] }
  /** Skydiary's consent page; `url` is where it is. */
  | { at: 'their page'; url: string }
  /** At an address that is neither ours nor Skydiary's: a client's. */
  | { at: 'a client'; url: URL }
  /** At any other page of ours or theirs, mostly of an error; `cookies`: what came of ours, in words. */
  | { at: 'the end'; reply?: LabReply; cookies?: string };

/**
 * Who began a navigation, as `Sec-Fetch-Site` has it; `none`: the user, or a program on their machine. An
 * old browser, led by another site, does not say. A frame shows an address inside a page of another site.
 */
export type Initiator = 'none' | 'cross-site' | 'same-origin' | 'an old browser' | 'a frame';

interface Cookie {
  name: string;
  value: string;
  /** Undefined: it does not say, and browsers differ in what they do then. */
  sameSite: string | undefined;
  isHttpOnly: boolean;
  path: string;
  /** On the server's clock. */
  until: number;
}

const MOST_HOPS = 10;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export class Browser {
  /** The user is signed in at Skydiary. */
  readonly user: string;
  /** Whether Skydiary has a cookie here that says that our server was let in before. */
  hasAllowedThere: boolean;
  /** Its clock has stopped: no cookie ends by itself. */
  keepsCookies = false;
  readonly #lab: LabSession;
  /** By name and path: two of one name and of two paths are two. */
  readonly #cookies = new Map<string, Cookie>();
  /** Every cookie of ours that came, as it was set. */
  readonly #came: string[] = [];
  /** The last `Cookie` header that it sent. */
  #sentLast = '';
  /** The last address at Skydiary that this browser was sent to: what its history shows. */
  lastThere: string | undefined;
  /** The same of the address at our server that it came back to. */
  lastBack: string | undefined;

  constructor(lab: LabSession, user: string, hasAllowedThere = true) {
    this.#lab = lab;
    this.user = user;
    this.hasAllowedThere = hasAllowedThere;
  }

  /** Another browser, with the cookies that this one has now: somebody has copied them. */
  copied(by = this.user): Browser {
    const copy = new Browser(this.#lab, by, true);
    for (const [key, cookie] of this.#cookies) copy.#cookies.set(key, cookie);
    copy.keepsCookies = this.keepsCookies;
    return copy;
  }

  /** The same, of those that a script in a page of ours can read. */
  copiedByScript(by: string): Browser {
    const copy = new Browser(this.#lab, by, true);
    for (const [key, cookie] of this.#cookies)
      if (!cookie.isHttpOnly) copy.#cookies.set(key, cookie);
    return copy;
  }

  /** Its cookies for our server, as whoever sits at it can read them. */
  get cookies(): { name: string; value: string }[] {
    return [...this.#cookies.values()].map(({ name, value }) => ({ name, value }));
  }

  /** Gives each cookie that it has another value. */
  changeCookies(change: (value: string) => string): void {
    for (const [key, cookie] of this.#cookies) {
      this.#cookies.set(key, { ...cookie, value: change(cookie.value) });
    }
  }

  /**
   * A cookie of a neighbour's: of another program at this host, or of another host of this domain. None
   * of them can set one whose name begins with `__Host-`.
   */
  plant(name: string, value: string): void {
    if (/^__Host-/i.test(name)) return;
    const planted = { name, value, sameSite: 'lax', isHttpOnly: false, path: '/', until: Infinity };
    this.#cookies.set(`${name};planted`, planted);
  }

  /** Opens an address, and goes on until somebody has to do something. */
  async open(url: string, initiator: Initiator = 'none'): Promise<Place> {
    let here = url;
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      const parsed = new URL(here);
      let next: string | undefined;
      if (parsed.hostname === 'skydiary.example') {
        this.lastThere = here;
        const { user, hasAllowedThere: hasAllowed } = this;
        const visited = await this.#lab.thirdParty.visit({ url: here, user, hasAllowed });
        if (visited.status === 200) return { at: 'their page', url: here };
        next = visited.location;
        if (next === undefined) return { at: 'the end' };
      } else if (parsed.origin === new URL(this.#lab.config.issuer).origin) {
        if (parsed.pathname === '/authorize/callback') this.lastBack = here;
        const reply = await this.#ask(parsed, initiator);
        if (reply.status < 300 || reply.status > 399) return this.#stopAt(reply);
        next = reply.headers.location;
      } else {
        return { at: 'a client', url: parsed };
      }
      here = new URL(next ?? '', here).href;
    }
    throw new StepFailed('The browser was sent from one address to the next without an end.');
  }

  /** Presses a button on our page. */
  async decideHere(
    { fields, reply }: Extract<Place, { at: 'our page' }>,
    decision: 'allow' | 'deny',
  ): Promise<Place> {
    const body = new URLSearchParams([...fields, ['decision', decision]]).toString();
    const path = /<form [^>]*action="([^"]*)"/.exec(reply.text)?.[1] ?? '/authorize';
    const { origin } = new URL(this.#lab.config.issuer);
    const sent = await this.#lab.send(
      {
        path,
        body,
        headers: { ...FORM, ...this.#headers(path, 'same-origin'), origin },
      },
      `${decision} on our page`,
    );
    this.#keepCookies(sent, path);
    const { location } = sent.headers;
    if (sent.status < 300 || sent.status > 399 || location === undefined) return this.#stopAt(sent);
    return this.open(new URL(location, origin).href, 'same-origin');
  }

  /** Presses a button on Skydiary's page. The way back then begins there. */
  async decideThere(url: string, decision: 'allow' | 'deny'): Promise<Place> {
    const { user, hasAllowedThere: hasAllowed } = this;
    const visited = await this.#lab.thirdParty.visit({ url, user, hasAllowed, decision });
    if (visited.location === undefined) return { at: 'the end' };
    this.hasAllowedThere ||= decision === 'allow';
    return this.open(visited.location, 'cross-site');
  }

  /** Says yes wherever it is asked. */
  async agree(place: Place): Promise<Place> {
    if (place.at === 'our page') return this.agree(await this.decideHere(place, 'allow'));
    if (place.at === 'their page') return this.agree(await this.decideThere(place.url, 'allow'));
    return place;
  }

  #stopAt(reply: LabReply): Place {
    const fields = fieldsOf(reply.text);
    return reply.status === 200 && fields.length > 0
      ? { at: 'our page', reply, fields }
      : { at: 'the end', reply, cookies: this.#describeCookies() };
  }

  /** What came of our cookies: mostly it is a name, a path or an attribute that went wrong. */
  #describeCookies(): string {
    const came = this.#came.map((text) => `“${text.slice(0, 100)}”`).join(', ') || 'none';
    return `The browser was given these cookies: ${came}. It sent back in the end: ${this.#sentLast.slice(0, 200) || 'none'}`;
  }

  async #ask(url: URL, initiator: Initiator): Promise<LabReply> {
    const path = `${url.pathname}${url.search}`;
    const headers = this.#headers(url.pathname, initiator);
    const reply = await this.#lab.send({ path, headers }, `${this.user}’s browser`);
    this.#keepCookies(reply, url.pathname);
    return reply;
  }

  /** What a browser adds to a navigation. */
  #headers(path: string, initiator: Initiator): Record<string, string> {
    const sent = [...this.#cookies.values()].filter(
      (cookie) =>
        (this.keepsCookies || cookie.until > this.#lab.now()) &&
        isBelow(path, cookie.path) &&
        goesAlong(cookie, initiator),
    );
    // RFC 6265 §5.4: longer paths first.
    sent.sort((one, other) => other.path.length - one.path.length);
    // A cookie may have no name.
    const pairs = sent.map(({ name, value }) => (name === '' ? value : `${name}=${value}`));
    this.#sentLast = pairs.join('; ');
    return {
      ...siteOf(initiator),
      ...(this.#sentLast === '' ? {} : { cookie: this.#sentLast }),
    };
  }

  #keepCookies(reply: LabReply, from: string): void {
    for (const text of reply.headers['set-cookie']?.split(/,\s*(?=[^;,\s]+=)/) ?? []) {
      this.#came.push(text);
      const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
      const [name = '', value = ''] = splitAtEquals(pair);
      const named = new Map(
        attributes.map((attribute) => {
          const [key = '', given = ''] = splitAtEquals(attribute);
          return [key.toLowerCase(), given] as const;
        }),
      );
      if (!isTaken(name, named, new URL(this.#lab.config.issuer).hostname)) continue;
      const given = named.get('path');
      const path = given?.startsWith('/') ? given : from.slice(0, from.lastIndexOf('/')) || '/';
      const key = `${name};${path}`;
      const until = this.#lastsUntil(named);
      const sameSite = named.get('samesite')?.toLowerCase();
      if (until <= this.#lab.now()) this.#cookies.delete(key);
      else {
        const isHttpOnly = named.has('httponly');
        this.#cookies.set(key, { name, value, sameSite, isHttpOnly, path, until });
      }
    }
  }

  #lastsUntil(attributes: ReadonlyMap<string, string>): number {
    const seconds = attributes.get('max-age');
    if (seconds !== undefined) return this.#lab.now() + Number(seconds) * 1000;
    const expires = attributes.get('expires');
    return expires === undefined ? Infinity : Date.parse(expires);
  }
}

/** `Strict` stays where another site has led here; what says nothing is `Lax` in some browsers only. */
function goesAlong({ sameSite }: Cookie, initiator: Initiator): boolean {
  if (initiator === 'none' || initiator === 'same-origin') return true;
  return initiator === 'a frame'
    ? sameSite !== 'strict' && sameSite !== 'lax'
    : sameSite !== 'strict';
}

function siteOf(initiator: Initiator): Record<string, string> {
  if (initiator === 'an old browser') return {};
  return initiator === 'a frame'
    ? { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }
    : { 'sec-fetch-site': initiator };
}

const splitAtEquals = (text: string): string[] => {
  const at = text.indexOf('=');
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

/** Whether a browser takes a cookie of this name; `Secure` ones are taken on loopback, too. */
function isTaken(name: string, attributes: ReadonlyMap<string, string>, host: string): boolean {
  const domain = attributes.get('domain');
  const isSecure = attributes.has('secure');
  if (domain !== undefined && domain !== '' && domain !== host) return false;
  if (attributes.get('samesite')?.toLowerCase() === 'none' && !isSecure) return false;
  if (/^__Secure-/i.test(name)) return isSecure;
  if (!/^__Host-/i.test(name)) return true;
  return isSecure && attributes.get('path') === '/' && domain === undefined;
}

/** RFC 6265 §5.1.4. */
const isBelow = (path: string, cookiePath: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);

/** What a client's address was told. */
export const answerAt = (place: Place, redirectUri: string): URLSearchParams | undefined =>
  place.at === 'a client' && place.url.href.startsWith(redirectUri)
    ? place.url.searchParams
    : undefined;

export const describePlace = (place: Place): string => {
  switch (place.at) {
    case 'our page':
      return 'the browser was shown our consent page';
    case 'their page':
      return 'the browser was shown Skydiary’s consent page';
    case 'a client':
      return `the browser was sent to ${place.url.href}`;
    case 'the end':
      return place.reply
        ? describePage(place.reply, place.cookies)
        : 'Skydiary refused the request';
  }
};

/** What a page says, without what it is made of. */
function describePage(reply: LabReply, cookies = ''): string {
  const page = /<main>(.*)<\/main>/s.exec(reply.text)?.[1];
  if (page === undefined) return `${describeReply(reply)} ${cookies}`.trimEnd();
  const said = page
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `HTTP ${reply.status}, “${said}” ${cookies}`.trimEnd();
}
