/** Recipes to begin with: what the attacks of topic 05 present. */
import { recipeOf, untouched, type Changes, type Recipe } from './recipe.ts';

export interface Preset {
  name: string;
  story: string;
  /** That fires the same. */
  attack?: string;
  recipe: Recipe;
}

export interface PresetGroup {
  title: string;
  presets: Preset[];
}

const preset = (name: string, attack: string, changes: Changes, story: string): Preset => ({
  name,
  attack,
  story,
  recipe: recipeOf(changes),
});

const admin = { sub: 'admin', scope: 'weather:read weather:write weather:admin' };

export const realToken: Preset = {
  name: 'The real token',
  story: 'As the authorization server gave it, for this user and this server.',
  recipe: untouched,
};

/** Signed by the authorization server, so that the claims alone are wrong. */
const genuine = (claims: Record<string, unknown>, header = {}): Changes => ({
  header,
  claims,
  signing: 'authorization-server',
});

export const presetGroups: PresetGroup[] = [
  {
    title: 'Signed by the authorization server, and still wrong',
    presets: [
      preset(
        'Expired an hour ago',
        'tok-expired',
        genuine({ iat: '{{now-3900}}', exp: '{{now-3600}}' }),
        'It was valid once, and has leaked from a log or an old laptop.',
      ),
      preset(
        'Valid in ten minutes',
        'tok-not-yet-valid',
        genuine({ nbf: '{{now+600}}' }),
        'It asks not to be accepted yet, and somebody does not wait.',
      ),
      preset(
        'Without an expiry',
        'tok-no-exp',
        genuine({ exp: null }),
        'Many verifiers compare an expiry only if there is one.',
      ),
      preset(
        'From another issuer',
        'tok-wrong-issuer',
        genuine({ iss: 'https://login.other.example' }),
        'A second tenant signs with the same key, for users of its own.',
      ),
      preset(
        'For another audience',
        'tok-wrong-audience',
        genuine({ aud: 'https://billing.example/api' }),
        'The user gave it to the billing service, which passes it on.',
      ),
      preset(
        'ID token instead',
        'tok-type-confusion',
        genuine({ aud: 'workbook', nonce: 'n-0S6_WzA2Mj' }, { typ: 'JWT' }),
        'The same server signs it with the same key, but it tells a client who signed in.',
      ),
      {
        name: 'Without scopes',
        story: 'A valid token that may do nothing: the one case here in which 401 is wrong.',
        recipe: recipeOf(genuine({ scope: null })),
      },
    ],
  },
  {
    title: 'Forged or tampered with',
    presets: [
      preset(
        'alg none',
        'tok-alg-none',
        { claims: admin, signing: 'nobody' },
        'Written by hand: the header says that there is nothing to verify.',
      ),
      preset(
        'HS256 with the public key',
        'tok-hs256-rs-key',
        { claims: admin, signing: 'public-key-pem' },
        'The public key is the secret, for a verifier that takes the algorithm from the token.',
      ),
      preset(
        'Own key in the header',
        'tok-jku-jwk-x5u',
        { claims: admin, signing: 'own-key-in-jwk' },
        'It brings the key with which it verifies perfectly.',
      ),
      preset(
        'Own key at an address',
        'tok-jku-jwk-x5u',
        { claims: admin, signing: 'own-key-at-jku' },
        'It says where to fetch its key. Whoever follows sends requests where an attacker likes.',
      ),
      preset(
        'Key id as a path',
        'tok-kid-tricks',
        { header: { kid: '../../../../dev/null' }, claims: admin, signing: 'own-key' },
        'The key id is the sender’s text. As a path it leads to a file that everybody knows.',
      ),
      preset(
        'Changed after signing',
        'tok-tampered',
        { claims: admin, signing: 'kept' },
        'Another subject, and the signature that was there.',
      ),
    ],
  },
];

const every = [realToken, ...presetGroups.flatMap(({ presets }) => presets)];

/** The preset that a recipe is, if nothing was changed since. */
export const presetOf = ({ header, claims, signing }: Recipe): Preset | undefined =>
  every.find(
    ({ recipe }) =>
      recipe.header === header && recipe.claims === claims && recipe.signing === signing,
  );
