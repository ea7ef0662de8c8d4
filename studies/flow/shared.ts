/**
 * Flows as steps to walk, and the switches that spoil one of them. What a walk brings back is what the
 * page shows.
 */
import type { Exchange } from '../../lab/protocol.ts';
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';

export const flowIds = ['sign-in', 'third-party'] as const;
export type FlowId = (typeof flowIds)[number];

/** A flow as the page draws and tells it. */
export interface Flow {
  id: FlowId;
  title: string;
  /** Which topics have a share in it. */
  note: string;
  about: string;
  /** A topic of the part whose topics make the learner's server that is walked. */
  topic: string;
  /** Who takes part, from left to right; in the middle of a sentence. */
  parties: readonly string[];
  steps: readonly FlowStep[];
  sabotages: readonly Sabotage[];
}

export interface FlowStep<Party extends string = string> {
  id: string;
  title: string;
  /** What is done and why, in two or three sentences. */
  story: string;
  /** The topic whose lesson explains the step, and the place in it. */
  topic: string;
  lessonAnchor: string;
  /** Who asks whom; the answer comes back the same way. */
  messages: readonly (readonly [from: Party, to: Party])[];
}

/** One way to spoil the flow; a switch on the page. */
export interface Sabotage {
  id: string;
  label: string;
  /** What is done differently, and what a secure server makes of it, in a sentence each. */
  story: string;
  /** The step it spoils. */
  step: FlowStep['id'];
  /** The topic that should refuse it. */
  topic: string;
}

/** A value that a later step needs. */
export interface Carried {
  /** `code_verifier`, `code_challenge`, `code`, `state`, `iss`, `access_token` and so on. */
  name: string;
  value: string;
  /** Header and claims, if the value is a JWT. */
  decoded?: { header: unknown; claims: unknown };
}

/** What said no, and in which words. */
export interface Refusal {
  control: string;
  /** Slug of the control's topic; undefined for the server's own code. */
  topic: string | undefined;
  reason: string;
}

export interface WalkedStep {
  id: FlowStep['id'];
  /**
   * `done`: the step succeeded, sabotaged or not. `refused`: the server said no. `failed`: a step
   * nobody spoiled did not work. `not-reached`: an earlier one ended the walk.
   */
  outcome: 'done' | 'refused' | 'failed' | 'not-reached';
  /** Ids of the switches that changed this step. With the outcome `done`, nothing stopped them. */
  sabotages: string[];
  /** One sentence. */
  summary: string;
  exchanges: Exchange[];
  tape: TapeEntry[];
  /** What the client has learned in this step. */
  carried: Carried[];
  refusals: Refusal[];
  /** What somebody careful would object to, though the walk goes on. */
  remarks: string[];
}

export interface FlowWalk {
  steps: WalkedStep[];
  /** Mistakes in the learner's file that the lab noticed. */
  faults: string[];
}
