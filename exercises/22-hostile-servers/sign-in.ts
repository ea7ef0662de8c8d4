import type {
  AcceptCallback,
  AuthorizationServerMetadata,
  PlanSignIn,
} from '../weather-server/controls.ts';
import { RefusedError } from '../weather-server/errors.ts';

// Today every document is believed. The address it names is opened whatever it is, and what was kept
// for this server goes to whoever it says gives out its tokens now.

// TODO 22: Throw `RefusedError` unless the server is reached by https; its metadata name this very
// server as their resource (a query is a part of it), and the issuer's metadata the very issuer
// that was asked; and the issuer has S256 among its code_challenge_methods_supported. Documents may
// hold any JSON value. Where this says https, http will do for localhost and all loopback
// addresses, if the server is at one itself. Of the authorization endpoint, what you have judged
// has to be what is opened: https, no user name and password, nothing that an opener takes for an
// option, and nothing that a shell reads in double quotes ($, a backquote, ", \, line ends), in the
// host either. Give credentials only to the issuer that gave them out, and do use those. Ask for
// tokens for this server. Keep whether the issuer promises `iss`
// (authorization_response_iss_parameter_supported).
export const planSignIn: PlanSignIn = (documents) => {
  const { server, issuer, issuerMetadata, kept } = documents;
  const metadata = issuerMetadata as AuthorizationServerMetadata;
  return {
    authorizationEndpoint: metadata.authorization_endpoint,
    tokenEndpoint: metadata.token_endpoint,
    issuer,
    promisesIssuer: false,
    resource: server.url,
    credentials: kept.find((one) => one.server === server.url),
  };
};

// Today any answer with a code will do, whoever sent the browser here.

// TODO 22: Give the code of an answer to this very request (`state`) by the authorization server
// that was asked: `iss` has to be the plan's issuer, character by character, and has to be there if
// that is promised. Throw `RefusedError` otherwise, and let nothing of such an answer into the
// message, an `error_description` for instance. Throw it as well for an error of the right server,
// though there be a code beside it.
export const acceptCallback: AcceptCallback = (parameters) => {
  const code = parameters.get('code');
  if (code === null)
    throw new RefusedError(`${parameters.get('error')}: ${parameters.get('error_description')}`);
  return code;
};
