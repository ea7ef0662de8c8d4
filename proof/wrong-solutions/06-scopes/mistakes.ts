import type {
  AuthorizeTool,
  ListVisibleTools,
} from '../../../exercises/weather-server/controls.ts';
import {
  InsufficientScopeError,
  InvalidTokenError,
  NotFoundError,
} from '../../../exercises/weather-server/errors.ts';
import {
  authorizeTool as authorizeActor,
  authorizeTool as rightly,
} from '../../../solutions/06-scopes/scopes.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'admin-may-delete',
    mistake: 'Administrators may do everything, it seems, so ownership does not apply to them.',
    caughtBy: ['handle-idor'],
    controls: {
      requireOwnAlert: (actor, alert) => {
        if (alert && actor?.scopes.includes('weather:admin')) return;
        if (!alert || alert.owner.issuer !== actor?.issuer || alert.owner.subject !== actor.subject)
          throw new NotFoundError('You have no alert with this id.');
      },
    },
  },
  {
    name: 'dangerous-tools-listed',
    mistake:
      'The tools that need more than reading are listed by name, and the list is not complete.',
    caughtBy: ['scope-missing', 'scope-nobody-knows'],
    controls() {
      const NEEDS: Record<string, string> = {
        save_alert: 'weather:write',
        list_all_alerts: 'weather:admin',
      };

      const authorizeTool: AuthorizeTool = (actor, { name }, { scopesSupported: s }) => {
        const scope = NEEDS[name] ?? 'weather:read';
        if (!actor?.scopes.some((one) => s.indexOf(one) >= s.indexOf(scope)))
          throw new InsufficientScopeError([scope]);
      };

      return { authorizeTool };
    },
  },
  {
    name: 'every-scope-has-to-suffice',
    mistake:
      'Every scope of the token has to be enough by itself, so that a lesser one beside it takes the greater one away.',
    caughtBy: ['scopes-include-lesser-ones', 'scope-nobody-knows'],
    controls() {
      const mayUse = (granted: string[], needed: string, supported: string[]): boolean =>
        granted.length > 0 &&
        granted.every((scope) => supported.indexOf(scope) >= supported.indexOf(needed));

      const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
        if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
          throw new InsufficientScopeError([scope]);
        }
      };

      const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
        tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));

      return { authorizeTool, listVisibleTools };
    },
  },
  {
    name: 'exactly-the-scope',
    mistake: 'Only the very scope of the tool counts; an administrator can neither write nor read.',
    caughtBy: [
      'scopes-include-lesser-ones',
      'lists-what-one-may-call',
      'owners-delete-their-alerts',
    ],
    controls: {
      authorizeTool: (actor, { scope }) => {
        if (!actor?.scopes.includes(scope)) throw new InsufficientScopeError([scope]);
      },
      listVisibleTools: (actor, tools) =>
        tools.filter(({ scope }) => actor?.scopes.includes(scope)),
    },
  },
  {
    name: 'forbidden-is-not-missing',
    mistake:
      'Somebody else’s alert is forbidden and a missing one is not found: the difference tells which ids exist.',
    caughtBy: ['handle-idor'],
    controls: {
      requireOwnAlert: (actor, alert) => {
        if (!alert) throw new NotFoundError('There is no alert with this id.');
        const { issuer, subject } = alert.owner;
        if (actor?.issuer !== issuer || actor.subject !== subject) {
          throw new NotFoundError('This alert is not yours.');
        }
      },
    },
  },
  {
    name: 'hidden-and-not-refused',
    mistake:
      'A tool that is not shown is thought to be out of reach; a caller who knows its name needs no list.',
    caughtBy: ['scope-missing', 'scope-confusion', 'scope-nobody-knows', 'scope-nobody'],
    controls: {
      /** Nobody can call a tool that they never learn of. */
      authorizeTool: () => undefined,
      listVisibleTools: (actor, tools, { scopesSupported }) => {
        const ranks = (actor?.scopes ?? []).map((scope) => scopesSupported.indexOf(scope));
        const highest = Math.max(-1, ...ranks);
        return tools.filter(({ scope }) => scopesSupported.indexOf(scope) <= highest);
      },
    },
  },
  {
    name: 'hierarchy-upside-down',
    mistake:
      'The scopes are ordered from least to greatest, and were read the other way round: a reader is an administrator.',
    caughtBy: [
      'scope-missing',
      'scope-confusion',
      'tools-list-tells-all',
      'scopes-include-lesser-ones',
      'lists-what-one-may-call',
      'owners-delete-their-alerts',
    ],
    controls() {
      /** Each scope includes those after it. */
      const mayUse = (granted: string[], needed: string, supported: string[]): boolean =>
        granted.some((scope) => {
          const rank = supported.indexOf(scope);
          return rank !== -1 && rank <= supported.indexOf(needed);
        });

      const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
        if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
          throw new InsufficientScopeError([scope]);
        }
      };

      const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
        tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));

      return { authorizeTool, listVisibleTools };
    },
  },
  {
    name: 'last-scope-is-greatest',
    mistake:
      'The last scope of the token is taken for the greatest; scopes are a set, and come in any order.',
    caughtBy: ['scopes-include-lesser-ones'],
    controls: {
      authorizeTool: (actor, tool, { scopesSupported }) => {
        const greatest = scopesSupported.indexOf(actor?.scopes.at(-1) ?? '');
        const needed = scopesSupported.indexOf(tool.scope);
        if (needed === -1 || greatest < needed) throw new InsufficientScopeError([tool.scope]);
      },
    },
  },
  {
    name: 'list-in-any-case',
    mistake:
      'The list compares scopes without regard to case, and calls are refused by another rule.',
    caughtBy: ['tools-list-tells-all'],
    controls: {
      listVisibleTools: (actor, tools, { scopesSupported: s }) =>
        tools.filter(({ scope }) =>
          actor?.scopes.some((one) => s.indexOf(one.toLowerCase()) >= s.indexOf(scope)),
        ),
    },
  },
  {
    name: 'list-without-the-hierarchy',
    mistake:
      'The list shows tools whose very scope was granted: an administrator may call every tool and sees one.',
    caughtBy: ['lists-what-one-may-call'],
    controls: {
      listVisibleTools: (actor, tools) =>
        tools.filter(({ scope }) => actor?.scopes.includes(scope)),
    },
  },
  {
    name: 'no-scope-may-read',
    mistake:
      'A token without scopes gets the least one, as a request without scopes does; but a token says what was granted, and that is nothing.',
    caughtBy: ['scope-missing'],
    controls: {
      authorizeTool: (actor, tool, config) => {
        const isBare = actor?.scopes.length === 0;
        const scopes = config.scopesSupported.slice(0, 1);
        rightly(isBare ? { ...actor, scopes } : actor, tool, config);
      },
    },
  },
  {
    name: 'no-scopes-see-all',
    mistake: 'A token without scopes is taken for one without limits when tools are listed.',
    caughtBy: ['tools-list-tells-all'],
    controls: {
      listVisibleTools: (actor, tools, { scopesSupported: s }) =>
        !actor?.scopes.length
          ? tools
          : tools.filter(({ scope }) =>
              actor.scopes.some((one) => s.indexOf(one) >= s.indexOf(scope)),
            ),
    },
  },
  {
    name: 'nobody-is-not-asked',
    mistake:
      'Scopes are compared if there is an actor: a caller that nobody knows has nothing to compare, and passes.',
    caughtBy: ['scope-nobody'],
    controls: {
      authorizeTool: (actor, tool, config) => {
        if (!actor) return;
        authorizeActor(actor, tool, config);
      },
    },
  },
  {
    name: 'owner-in-any-case',
    mistake: 'Owners are compared without regard to case, though subjects are exact.',
    caughtBy: ['handle-idor'],
    controls: {
      requireOwnAlert: (actor, alert) => {
        if (
          !alert ||
          alert.owner.issuer !== actor?.issuer ||
          alert.owner.subject.toLowerCase() !== actor.subject.toLowerCase()
        )
          throw new NotFoundError('You have no alert with this id.');
      },
    },
  },
  {
    name: 'owner-is-the-client',
    mistake:
      'The owner is compared with the client application and not with its user: nobody can delete anything any more.',
    caughtBy: ['owners-delete-their-alerts'],
    controls: {
      requireOwnAlert: (actor, alert) => {
        const isOwn =
          actor !== undefined &&
          alert?.owner.issuer === actor.issuer &&
          alert.owner.subject === actor.clientId;
        if (!isOwn) throw new NotFoundError('You have no alert with this id.');
      },
    },
  },
  {
    name: 'owner-without-issuer',
    mistake:
      'Owners are compared by subject alone, though two issuers may both know a user of that name.',
    caughtBy: ['handle-idor'],
    controls: {
      requireOwnAlert: (actor, alert) => {
        if (!actor || alert?.owner.subject !== actor.subject) {
          throw new NotFoundError('You have no alert with this id.');
        }
      },
    },
  },
  {
    name: 'refused-and-not-hidden',
    mistake:
      'Calls are refused, so the list was left as it is; every tool on it is an invitation to the model all the same.',
    caughtBy: ['tools-list-tells-all'],
    controls: {
      authorizeTool: (actor, { scope }, { scopesSupported }) => {
        const sufficient = scopesSupported.slice(scopesSupported.indexOf(scope));
        if (!actor?.scopes.some((granted) => sufficient.includes(granted))) {
          throw new InsufficientScopeError([scope]);
        }
      },
      listVisibleTools: (_actor, tools) => tools,
    },
  },
  {
    name: 'refused-like-a-bad-token',
    mistake:
      'The token is called invalid, though it is not: nothing tells the client which scope to ask its user for.',
    caughtBy: ['scope-missing', 'scope-confusion'],
    controls: {
      authorizeTool: (actor, { scope }, { scopesSupported }) => {
        const sufficient = scopesSupported.slice(scopesSupported.indexOf(scope));
        if (!actor?.scopes.some((granted) => sufficient.includes(granted))) {
          throw new InvalidTokenError('This token is not good enough. Please sign in again.');
        }
      },
    },
  },
  {
    name: 'remembered-per-user',
    mistake: 'What a user was granted is remembered for the user, but it was granted to one token.',
    caughtBy: ['scope-missing', 'scope-nobody-knows'],
    controls() {
      const seen = new Map<string, Set<string>>();

      const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported: s }) => {
        const all = seen.get(actor?.subject ?? '') ?? new Set();
        seen.set(actor?.subject ?? '', all);
        for (const one of actor?.scopes ?? []) all.add(one);
        if (![...all].some((one) => s.indexOf(one) >= s.indexOf(scope)))
          throw new InsufficientScopeError([scope]);
      };

      return { authorizeTool };
    },
  },
  {
    name: 'unknown-needed-scope-is-everybodys',
    mistake:
      'A needed scope that is not in the list has the position −1, and everything granted is at least that.',
    caughtBy: ['scope-nobody-knows'],
    controls: {
      authorizeTool: (actor, tool, { scopesSupported }) => {
        const needed = scopesSupported.indexOf(tool.scope);
        const granted = actor?.scopes.map((scope) => scopesSupported.indexOf(scope)) ?? [];
        if (!granted.some((rank) => rank >= needed)) throw new InsufficientScopeError([tool.scope]);
      },
    },
  },
  {
    name: 'unknown-scopes-count-as-reading',
    mistake:
      'A scope that the server does not know is taken for the least of them, so a token for another purpose may read.',
    caughtBy: ['scope-missing', 'scope-confusion', 'scope-nobody-knows'],
    controls() {
      /** How far a scope reaches. Everybody who has a token may at least read. */
      const levelOf = (scope: string, supported: string[]): number =>
        Math.max(supported.indexOf(scope), 0);

      const mayUse = (granted: string[], needed: string, supported: string[]): boolean =>
        granted.some((scope) => levelOf(scope, supported) >= levelOf(needed, supported));

      const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
        if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
          throw new InsufficientScopeError([scope]);
        }
      };

      const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
        tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));

      return { authorizeTool, listVisibleTools };
    },
  },
  {
    name: 'word-boundaries',
    mistake:
      'A scope is looked for between word boundaries; colons and commas are boundaries too, and most of a scope is not the scope.',
    caughtBy: ['scope-confusion'],
    controls() {
      /** The needed scope, or one that includes it, as a whole word of the list. */
      function mayUse(granted: string[], needed: string, supported: string[]): boolean {
        const sufficient = supported.slice(supported.indexOf(needed));
        return new RegExp(`\\b(?:${sufficient.join('|')})\\b`).test(granted.join(' '));
      }

      const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
        if (!mayUse(actor?.scopes ?? [], scope, scopesSupported)) {
          throw new InsufficientScopeError([scope]);
        }
      };

      const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) =>
        tools.filter(({ scope }) => mayUse(actor?.scopes ?? [], scope, scopesSupported));

      return { authorizeTool, listVisibleTools };
    },
  },
];
