/**
 * What an attack is, and what ordinary use is. Both know a `LabSession`, never a target's code and
 * never a solution.
 */
import type { z } from 'zod';
import type { ControlName } from '../exercises/weather-server/controls.ts';
import type { LabSession } from './protocol.ts';

/** Where a claim can be checked: an RFC section, the MCP specification, a CWE, a CVE. */
export interface Reference {
  label: string;
  url: string;
}

/** What an attack found out. */
export interface Findings {
  /** What the attacker got: one sentence each. Any entry means `breached`. */
  breaches: string[];
  /** Answers that stop the attack but are not what a client needs: one sentence each. */
  complaints: string[];
}

export interface Attack<Payload = unknown> {
  /** kebab-case, stable, made to be searched for. */
  id: string;
  title: string;
  level: 'core' | 'stretch';
  /** What the attacker does and hopes for, in two or three sentences. */
  story: string;
  /** What a secure server answers, and why. */
  secureAnswer: string;
  /** Anchor in the topic's lesson. */
  lessonAnchor: string;
  /** Those of the topic that let it through, whose files a breach names. Default: all of the topic. */
  controls?: readonly ControlName[];
  references: Reference[];
  /** Shape of a payload; what a learner edits is parsed with it. */
  payload: z.ZodType<Payload>;
  /** How many instances of the server there are, with one store. Default: one, and none. */
  instances?: number;
  /** Ordinary use that must succeed before and after, besides a call; problems are sentences. */
  ordinaryUse?: (lab: LabSession) => Promise<string[]>;
  /** Named payloads. Each must breach the baseline. */
  variants: Record<string, Payload>;
  fire(payload: Payload, lab: LabSession): Promise<Findings>;
}

/** Ordinary use that a right control must let through; problems are sentences, none means success. */
export interface LegitimateUse {
  id: string;
  title: string;
  /** As of an attack: 'stretch' is tried with `--stretch` only, and worth no points. Default 'core'. */
  level?: 'core' | 'stretch';
  why: string;
  lessonAnchor: string;
  references: Reference[];
  /** Whether the baseline lets it through as well; some mistakes also break ordinary use. */
  worksOnBaseline: boolean;
  /** As of an attack. */
  instances?: number;
  try(lab: LabSession): Promise<string[]>;
}

/** The file `catalogue/attacks/<slug>/attacks.ts` exports this as `catalogue`. */
export interface TopicCatalogue {
  attacks: Attack[];
  uses: LegitimateUse[];
}

/** Keeps the payload type inside one attack, where `fire` needs it. */
export function defineAttack<Payload>(attack: Attack<Payload>): Attack {
  return attack;
}
