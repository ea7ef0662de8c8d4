/**
 * The client of topic 22, as far as it is given: what it asks for, opens, sends and starts. What it
 * decides is the target's. The servers it meets are pages on the web of the lab, and the person at its
 * desk is the attack's.
 */
import { randomBytes } from 'node:crypto';
import type {
  ContactedServer,
  SecurityControls,
  SignInPlan,
  StartEntry,
} from '../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../exercises/weather-server/errors.ts';
import type { WholeWorld } from '../../exercises/weather-server/world/world.ts';
import type { SignInEnd, SignInSettings, StartQuestion } from '../protocol.ts';
import { openDesktop, type Desktop } from './desktop.ts';
import { memberOf, metadataPlaces, resourceMetadataPlace } from './places-of-documents.ts';

/** Its own document (Client ID Metadata Documents): good at any authorization server. */
const OWN_DOCUMENT = 'https://client.example/oauth-client.json';
const REDIRECT_URI = 'http://127.0.0.1:33418/callback';

export class LabClient {
  readonly #decide: SecurityControls;
  readonly #world: WholeWorld;
  readonly #desktop: Desktop;
  /** Name of a local server -> what was kept when its user said yes. */
  readonly #approved = new Map<string, string>();
  /** The same -> what its user was last asked about. */
  readonly #asked = new Map<string, { entry: StartEntry; approval: string }>();

  constructor(decisions: SecurityControls, world: WholeWorld) {
    this.#decide = decisions;
    this.#world = world;
    this.#desktop = openDesktop(world.tape);
  }

  /** Ends signed in, or with what its user is told. */
  async signIn(server: string, settings: SignInSettings): Promise<SignInEnd> {
    try {
      await this.#signIn(server, settings);
      return { signedIn: true, said: '' };
    } catch (error) {
      return { signedIn: false, said: String(error instanceof Error ? error.message : error) };
    }
  }

  async #signIn(url: string, { kept = [], callback }: SignInSettings): Promise<void> {
    const { web } = this.#world;
    const [address = ''] = await web.lookup(new URL(url).hostname);
    const server: ContactedServer = { url, address };
    const greeting = await web.fetch(url, { address, redirect: 'manual' });
    const challenge = greeting.headers.get('www-authenticate') ?? '';

    const resourceMetadata = await this.#document(resourceMetadataPlace(challenge, url), server);
    const issuer = memberOf(resourceMetadata, 'authorization_servers', 0);
    if (typeof issuer !== 'string')
      throw new RefusedError('The server names nobody to sign in at.');
    const issuerMetadata = await this.#firstDocument(metadataPlaces(issuer), server);

    const documents = { server, resourceMetadata, issuer, issuerMetadata, kept };
    const plan = this.#decide.planSignIn(structuredClone(documents));
    const token = (await this.#refresh(plan, server)) ?? (await this.#ask(plan, server, callback));
    this.#world.tape.write({ kind: 'sent', url, address, carried: [`access_token=${token}`] });
  }

  /** With what was kept, if the plan says so: nobody sees a browser. */
  async #refresh(plan: SignInPlan, server: ContactedServer): Promise<string | undefined> {
    const refreshToken = plan.credentials?.refreshToken;
    if (refreshToken === undefined) return undefined;
    return this.#tokenFor({ refresh_token: refreshToken }, plan, server);
  }

  /** The user is asked, in the browser (RFC 6749 §4.1). */
  async #ask(
    plan: SignInPlan,
    server: ContactedServer,
    callback: SignInSettings['callback'],
  ): Promise<string> {
    const state = randomBytes(16).toString('base64url');
    const verifier = randomBytes(32).toString('base64url');
    const request = new URLSearchParams({
      response_type: 'code',
      client_id: plan.credentials?.clientId ?? OWN_DOCUMENT,
      redirect_uri: REDIRECT_URI,
      state,
      resource: plan.resource,
      code_challenge: 'of the verifier',
      code_challenge_method: 'S256',
    });
    const { authorizationEndpoint: endpoint } = plan;
    const opened = this.#desktop.open(`${endpoint}${endpoint.includes('?') ? '&' : '?'}${request}`);
    if (opened !== 'page') throw new RefusedError('Nobody came back from the browser.');

    const honest = { code: `code-${state}`, state: '{{state}}', iss: '{{issuer}}' };
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(callback ?? honest)) {
      const filled = value.replaceAll('{{state}}', state).replaceAll('{{issuer}}', plan.issuer);
      parameters.append(name, filled);
    }
    const code = this.#decide.acceptCallback(parameters, { plan, state });
    const token = await this.#tokenFor({ code, code_verifier: verifier }, plan, server);
    if (token === undefined) throw new RefusedError('There was no token for the code.');
    return token;
  }

  /** Posts a form to the token endpoint; gives the access token of the answer. */
  async #tokenFor(
    grant: Record<string, string>,
    { tokenEndpoint: url, credentials, resource }: SignInPlan,
    server: ContactedServer,
  ): Promise<string | undefined> {
    const address = await this.#addressOf(url, server);
    const form = {
      ...grant,
      resource,
      client_id: credentials?.clientId ?? OWN_DOCUMENT,
      ...(credentials?.clientSecret === undefined
        ? {}
        : { client_secret: credentials.clientSecret }),
    };
    const carried = Object.entries(form).map(([name, value]) => `${name}=${value}`);
    this.#world.tape.write({ kind: 'sent', url, address, carried });
    const token = memberOf(await this.#read(url, address), 'access_token');
    return typeof token === 'string' ? token : undefined;
  }

  async #firstDocument(places: string[], server: ContactedServer): Promise<unknown> {
    for (const place of places) {
      const document = await this.#document(place, server);
      if (document !== undefined) return document;
    }
    return undefined;
  }

  /** Undefined if there is none. */
  async #document(url: string, server: ContactedServer): Promise<unknown> {
    return this.#read(url, await this.#addressOf(url, server));
  }

  #addressOf(url: string, server: ContactedServer): Promise<string> {
    const { web } = this.#world;
    const { chooseAddress } = this.#decide;
    return this.#decide.chooseEndpoint(url, { ...server }, { web, chooseAddress });
  }

  /** No redirect is followed: where it leads, no document has named. */
  async #read(url: string, address: string): Promise<unknown> {
    const response = await this.#world.web.fetch(url, { address, redirect: 'manual' });
    const text = await response.text();
    try {
      return response.status === 200 ? (JSON.parse(text) as unknown) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Starts a local server, or asks about it first. */
  considerStart(name: string, entry: StartEntry): StartQuestion {
    const approved = this.#approved.get(name);
    const review = this.#decide.reviewStartEntry(structuredClone(entry), approved);
    const { mayStart, text, warnings, approval } = review;
    const gate = { kind: 'gate', gate: 'reviewStartEntry' } as const;
    if (mayStart) {
      this.#world.tape.write({ ...gate, decision: 'passed' });
      this.#desktop.start(entry, false);
      return { started: true };
    }
    const detail = [...warnings, 'the user is asked'].join(', ');
    this.#world.tape.write({ ...gate, decision: 'reached', detail });
    this.#asked.set(name, { entry, approval });
    return { started: false, text, warnings, approval };
  }

  answerStart(name: string, agrees: boolean): void {
    const asked = this.#asked.get(name);
    this.#asked.delete(name);
    if (!asked || !agrees) return;
    this.#approved.set(name, asked.approval);
    this.#desktop.start(asked.entry, true);
  }
}
