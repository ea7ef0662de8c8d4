/** The whole checklist, in the order of a report. */
import type { Group } from './requirement.ts';
import { authorization } from './requirements/authorization.ts';
import { authorizationServer } from './requirements/authorization-server.ts';
import { bodies } from './requirements/bodies.ts';
import { connection } from './requirements/connection.ts';
import { discovery } from './requirements/discovery.ts';
import { given } from './requirements/given.ts';
import { otherWays } from './requirements/other-ways.ts';
import { pages } from './requirements/pages.ts';
import { protocolWithHandshake } from './requirements/protocol-with-handshake.ts';
import { protocolWithoutHandshake } from './requirements/protocol-without-handshake.ts';
import { protocol } from './requirements/protocol.ts';
import { signedIn } from './requirements/signed-in.ts';
import { tools } from './requirements/tools.ts';
import { tokens } from './requirements/tokens.ts';

export const checklist: readonly Group[] = [
  connection,
  otherWays,
  pages,
  bodies,
  tokens,
  tools,
  given,
  discovery,
  authorizationServer,
  authorization,
  signedIn,
  protocol,
  protocolWithoutHandshake,
  protocolWithHandshake,
];

export const requirements = checklist.flatMap((group) => group.requirements);
