/** What the clients remember: the provider that the SDKs and the AI SDK ask, kept in memory. */
import { CALLBACK } from '../../catalogue/attacks/oauth-client.ts';
import { agreeInBrowser } from '../../catalogue/serve-reference.ts';

export interface Tokens {
  access_token: string;
  refresh_token?: string;
  [member: string]: unknown;
}

export class Memory {
  readonly redirectUrl = CALLBACK;
  readonly clientMetadata = {
    client_name: 'A real client',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
  /** How often a user was sent to a page that asks. */
  pages = 0;
  registrations = 0;
  #client: { client_id: string } | undefined;
  #tokens: Tokens | undefined;
  #verifier = '';
  #state = '';
  #sentTo: URL | undefined;

  clientInformation = () => this.#client;
  saveClientInformation = (client: { client_id: string }): void => {
    // The AI SDK saves what it has with more beside it.
    if (client.client_id !== this.#client?.client_id) this.registrations++;
    this.#client = client;
  };
  /** The AI SDK registers again only a client that says that it may. */
  isClientInformationDynamicallyRegistered = () => true;
  tokens = () => this.#tokens;
  saveTokens = (tokens: Tokens) => void (this.#tokens = tokens);
  state = () => (this.#state = 'a state');
  saveState = (state: string) => void (this.#state = state);
  storedState = () => this.#state;
  saveCodeVerifier = (verifier: string) => void (this.#verifier = verifier);
  codeVerifier = () => this.#verifier;
  redirectToAuthorization = (url: URL): void => {
    this.pages++;
    this.#sentTo = url;
  };
  invalidateCredentials = (which: string): void => {
    if (which === 'all' || which === 'client') this.#client = undefined;
    if (which === 'all' || which === 'tokens') this.#tokens = undefined;
  };

  /** As if the access token had expired. */
  expire(): void {
    if (this.#tokens) this.#tokens = { ...this.#tokens, access_token: 'expired' };
  }

  /** Where the user comes back to, having agreed. Throws with what the page says if it cannot. */
  async agree(): Promise<URLSearchParams> {
    if (!this.#sentTo) throw new Error('the client sent nobody anywhere');
    return (await agreeInBrowser(this.#sentTo)).searchParams;
  }
}
