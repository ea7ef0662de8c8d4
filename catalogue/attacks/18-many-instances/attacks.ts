/** Attacks on what several instances of a server have in common, and its ordinary use. */
import type { TopicCatalogue } from '../../../lab/attack.ts';
import { attacksOnGrants } from './grants.ts';
import { attacksOnLimits } from './limits.ts';
import { attacksOnLogs } from './logs.ts';
import { INSTANCES } from './over-instances.ts';
import { uses } from './uses.ts';

const attacks = [...attacksOnLimits, ...attacksOnGrants, ...attacksOnLogs];

export const catalogue: TopicCatalogue = {
  attacks: attacks.map((attack) => ({ ...attack, instances: INSTANCES })),
  uses: uses.map((use) => ({ ...use, instances: INSTANCES })),
};
