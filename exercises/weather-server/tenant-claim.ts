import { decodeJwt } from 'jose';
import type { Tenant } from './controls.ts';

/** As Auth0 and WorkOS call the company for which a user has signed in. */
const TENANT_CLAIM = 'org_id';

/**
 * The tenant that an access token names; undefined if it names none, or not with a text.
 *
 * @param token verified before; it is only read here
 * @param issuer who signed it: nobody else's word counts for one of its tenants
 */
export function tenantIn(token: string, issuer: string): Tenant | undefined {
  try {
    const id = decodeJwt(token)[TENANT_CLAIM];
    return typeof id === 'string' && id !== '' ? { issuer, id } : undefined;
  } catch {
    // A token that is no JWT names no tenant.
    return undefined;
  }
}
