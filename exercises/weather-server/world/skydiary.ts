/** Skydiary, the third party of the lab: where things are there, and what it is sent. */

const HOME = 'https://skydiary.example';
const API = 'https://api.skydiary.example';
/** Where things are at Skydiary. */
export const SKYDIARY = {
  authorizationEndpoint: `${HOME}/authorize`,
  tokenEndpoint: `${HOME}/token`,
  entriesUrl: `${API}/entries`,
  accountUrl: `${API}/account`,
  clientId: 'weather-server',
  scopes: ['entries:read', 'entries:write'],
} as const;

/** A request that Skydiary gets from a program. */
export interface SentRequest {
  method?: string | undefined;
  url: string;
  /** Names in any case. */
  headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  body?: string | undefined;
}

/**
 * What Skydiary does not do at the moment. What it says then quotes the request, as many APIs do. Of some
 * things it refuses the careful form only: exchanges that name an audience, or scopes, and tokens that
 * were exchanged.
 */
export type RefusedThere =
  | 'nothing'
  | 'exchanges'
  | 'readings'
  | 'the grant'
  | 'audiences'
  | 'scopes'
  | 'exchanged tokens'
  | 'connections for exchanges';
