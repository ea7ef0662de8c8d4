/**
 * What attacks ask of the controls of topic 20 directly, because no browser of this server's gets there:
 * users of issuers that nobody signs in at here, several users within one tick, a way back that many
 * browsers bring at once. They are asked as the server asks them.
 */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Express, Request } from 'express';
import type {
  Actor,
  DiaryEntry,
  SecurityControls,
  ServerConfig,
  WantedAccess,
} from '../../exercises/weather-server/controls.ts';
import {
  connectThirdParty,
  type ThirdPartyConnection,
} from '../../exercises/weather-server/third-party-connection.ts';
import type { WholeWorld } from '../../exercises/weather-server/world/world.ts';
import type { Answer } from '../protocol.ts';
import { atOnce } from './answers.ts';

const WANTED: WantedAccess = {
  clientId: 'workbook',
  asked: {
    redirectUri: 'http://127.0.0.1:9/callback',
    scopes: ['weather:read'],
    state: 'of-the-client',
    codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    codeChallengeMethod: 'S256',
    resource: undefined,
  },
};

export class ThirdPartyAsks {
  readonly #app: Express;
  readonly #world: WholeWorld;
  readonly #connection: ThirdPartyConnection;

  constructor(app: Express, controls: SecurityControls, world: WholeWorld, config: ServerConfig) {
    const connection = connectThirdParty(controls, world, config);
    if (!connection) throw new Error('this server has no third party: signInThere comes first');
    this.#app = app;
    this.#world = world;
    this.#connection = connection;
  }

  /** Skydiary gives out a token of its user’s, which is kept for this one of ours. */
  async keep(user: Actor, userThere: string): Promise<void> {
    await this.#connection.keep(user, this.#world.thirdParty.signIn(userThere));
  }

  /** The diary of each, all of them asked for within one tick, while Skydiary takes its time. */
  read(users: Actor[]): Promise<Answer<DiaryEntry[]>[]> {
    const { thirdParty } = this.#world;
    thirdParty.takeTime(users.length > 1);
    const reads = users.map(
      (actor) => () =>
        this.#connection.readDiary({
          requestId: 'asked directly',
          tool: 'get_diary',
          arguments: {},
          actor,
          token: undefined,
          ip: '127.0.0.1',
          headers: {},
        }),
    );
    return atOnce(reads).finally(() => thirdParty.takeTime(false));
  }

  /** A browser agrees; its way back comes so many times within one tick. How often it is good. */
  async resume(times: number): Promise<number> {
    const { signIn } = this.#connection;
    const cookies: string[] = [];
    const setCookie = (value: string): void => void cookies.push(value.split(';')[0] ?? '');
    const state = await signIn.allow(this.#requestOf('POST', '/authorize'), WANTED, setCookie);
    const cookie = cookies.join('; ');
    const path = `/authorize/callback?code=any&state=${encodeURIComponent(state)}`;
    const answers = await atOnce(
      Array.from(
        { length: times },
        () => async () =>
          signIn.resume(this.#requestOf('GET', path, cookie), state, () => undefined),
      ),
    );
    return answers.filter((answer) => 'value' in answer).length;
  }

  /** As Express hands it on. */
  #requestOf(method: string, path: string, cookie?: string): Request {
    const message = new IncomingMessage(new Socket());
    Object.assign(message, { method, url: path, originalUrl: path });
    Object.assign(message.headers, {
      host: new URL(this.#connection.about.redirectUri).host,
      'sec-fetch-site': method === 'POST' ? 'same-origin' : 'cross-site',
      ...(cookie === undefined ? {} : { cookie }),
    });
    const request: Request = Object.setPrototypeOf(message, this.#app.request);
    return request;
  }
}
