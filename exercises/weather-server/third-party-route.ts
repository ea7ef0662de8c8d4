/**
 * The way over a third party: our consent page, the browser's trip to where its user signs in, and what
 * it comes back with. What is decided on that way is up to the control of topic 20.
 */
import type { Request, Response } from 'express';
import type {
  AuthorizationRequest,
  ConsentGuard,
  RegisteredClient,
  ServerConfig,
  SetCookie,
  WantedAccess,
} from './controls.ts';
import { consentPage } from './consent-page.ts';
import { OAuthError } from './errors.ts';
import { valueOf } from './oauth-parameters.ts';
import type { ThirdPartyConnection } from './third-party-connection.ts';

/** An authorization request whose parameters were found good, or its form. */
interface Arrived {
  request: Request;
  response: Response;
  parameters: URLSearchParams;
  client: RegisteredClient;
  asked: AuthorizationRequest;
}

export interface ThirdPartyRoute {
  redirectUri: string;
  /** Shows our page, or sends the browser on; throws `OAuthError` if the user says no. */
  leadOn(arrived: Arrived): Promise<undefined>;
  /** What was asked for by the request that this browser comes back from; throws `OAuthError`. */
  resume(request: Request, response: Response, state: string | undefined): Promise<WantedAccess>;
  /** The user who has signed in, whose token is kept; throws `OAuthError` if nobody has. */
  signIn(parameters: URLSearchParams, wanted: WantedAccess): Promise<string>;
}

export function createThirdPartyRoute(
  { signIn, addressFor, redeem, keep, about }: ThirdPartyConnection,
  consent: ConsentGuard,
  { issuer }: ServerConfig,
): ThirdPartyRoute {
  return {
    redirectUri: about.redirectUri,

    async leadOn({ request, response, parameters, client, asked }) {
      const wanted = { clientId: client.client_id, asked };
      const setCookie = cookiesOf(response);
      if (request.method === 'POST') {
        consent.checkForm(request, client, valueOf(parameters, 'csrf')); // 03
        if (parameters.get('decision') !== 'allow') {
          throw new OAuthError('access_denied', 'The user did not agree.');
        }
        const state = await signIn.allow(request, wanted, setCookie); // 20
        response.redirect(302, addressFor(state));
        return undefined;
      }
      const onward = await signIn.arrive(request, wanted, setCookie); // 20
      if (onward !== 'ask') {
        response.redirect(302, addressFor(onward.state));
        return undefined;
      }
      const setHeader = (name: string, value: string): void => {
        if (name.toLowerCase() === 'set-cookie') setCookie(value);
        else response.set(name, value);
      };
      const csrfField = consent.openForm(request, client, setHeader); // 03
      const elsewhere = { host: new URL(about.authorizationEndpoint).host, scopes: about.scopes };
      response.send(consentPage({ client, asked, parameters, csrfField, elsewhere }));
      return undefined;
    },

    async resume(request, response, state) {
      if (state === undefined) throw new OAuthError('access_denied', 'There is no state.');
      return signIn.resume(request, state, cookiesOf(response)); // 20
    },

    async signIn(parameters, { clientId, asked }) {
      const code = valueOf(parameters, 'code');
      const found =
        code === undefined ? undefined : await redeem(code, String(parameters.get('state')));
      if (!found) throw new OAuthError('access_denied', 'Nobody has signed in at the third party.');
      const { userId: subject, token } = found;
      await keep({ issuer, subject, clientId, scopes: asked.scopes }, token); // 20
      return subject;
    },
  };
}

const cookiesOf =
  (response: Response): SetCookie =>
  (value) =>
    void response.append('set-cookie', value);
