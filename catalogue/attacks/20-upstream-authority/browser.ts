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
  /** At any other page of ours or theirs, mostly of an error. */
  | { at: 'the end'; reply?: LabReply };

/**
 * Who began a navigation, as `Sec-Fetch-Site` has it; `none`: the user, or a program on their machine. An
 * old browser, led by another site, does not say.
 */
export type Initiator = 'none' | 'cross-site' | 'same-origin' | 'an old browser';

interface Cookie {
  value: string;
  sameSite: string;
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
  /** Its clock has stopped, or somebody has kept a copy of its cookies: none ends by itself. */
  keepsCookies = false;
  readonly #lab: LabSession;
  readonly #cookies = new Map<string, Cookie>();
  /** The last address at Skydiary that this browser was sent to: what its history shows. */
  lastThere: string | undefined;
  /** The same of the address at our server that it came back to. */
  lastBack: string | undefined;

  constructor(lab: LabSession, user: string, hasAllowedThere = true) {
    this.#lab = lab;
    this.user = user;
    this.hasAllowedThere = hasAllowedThere;
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
      : { at: 'the end', reply };
  }

  async #ask(url: URL, initiator: Initiator): Promise<LabReply> {
    const path = `${url.pathname}${url.search}`;
    const headers = this.#headers(url.pathname, initiator);
    const reply = await this.#lab.send({ path, headers }, `${this.user}’s browser`);
    this.#keepCookies(reply, url.pathname);
    return reply;
  }

  /** What a browser adds to a navigation. A `Strict` cookie stays where another site has led here. */
  #headers(path: string, initiator: Initiator): Record<string, string> {
    const sent = [...this.#cookies].filter(
      ([, cookie]) =>
        (this.keepsCookies || cookie.until > this.#lab.now()) &&
        isBelow(path, cookie.path) &&
        (cookie.sameSite !== 'strict' || ['none', 'same-origin'].includes(initiator)),
    );
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    return {
      ...(initiator === 'an old browser' ? {} : { 'sec-fetch-site': initiator }),
      ...(cookie === '' ? {} : { cookie }),
    };
  }

  #keepCookies(reply: LabReply, from: string): void {
    for (const text of reply.headers['set-cookie']?.split(/,\s*(?=[^;,\s]+=)/) ?? []) {
      const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
      const [name = '', value = ''] = splitAtEquals(pair);
      const named = new Map(
        attributes.map((attribute) => {
          const [key = '', given = ''] = splitAtEquals(attribute);
          return [key.toLowerCase(), given] as const;
        }),
      );
      const given = named.get('path');
      const path = given?.startsWith('/') ? given : from.slice(0, from.lastIndexOf('/')) || '/';
      if (!isTaken(name, path, named, new URL(this.#lab.config.issuer).hostname)) continue;
      this.#cookies.set(name, {
        value,
        sameSite: named.get('samesite')?.toLowerCase() ?? 'lax',
        path,
        until: this.#lastsUntil(named),
      });
    }
  }

  #lastsUntil(attributes: ReadonlyMap<string, string>): number {
    const seconds = attributes.get('max-age');
    if (seconds !== undefined) return this.#lab.now() + Number(seconds) * 1000;
    const expires = attributes.get('expires');
    return expires === undefined ? Infinity : Date.parse(expires);
  }
}

const splitAtEquals = (text: string): string[] => {
  const at = text.indexOf('=');
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

/** Whether a browser takes a cookie of this name; `Secure` ones are taken on loopback, too. */
function isTaken(
  name: string,
  path: string,
  attributes: ReadonlyMap<string, string>,
  host: string,
): boolean {
  const domain = attributes.get('domain');
  if (domain !== undefined && domain !== '' && domain !== host) return false;
  if (name.startsWith('__Secure-')) return attributes.has('secure');
  if (!name.startsWith('__Host-')) return true;
  return attributes.has('secure') && path === '/' && domain === undefined;
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
      return place.reply ? describeReply(place.reply) : 'Skydiary refused the request';
  }
};
