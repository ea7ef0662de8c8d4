/**
 * The authorization code flow as eight steps to walk, and the switches that spoil one of them. What
 * a walk brings back is what the page shows.
 */
import type { Exchange } from '../../lab/protocol.ts';
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';

export interface FlowStep {
  id:
    | 'challenge'
    | 'resource-metadata'
    | 'server-metadata'
    | 'registration'
    | 'authorization'
    | 'token'
    | 'call'
    | 'refresh';
  title: string;
  /** What the client does and why, in two or three sentences. */
  story: string;
  /** The topic whose lesson explains the step, and the place in it. */
  topic: string;
  lessonAnchor: string;
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
  /** What a careful client would object to, though this one goes on. */
  remarks: string[];
}

export interface FlowWalk {
  steps: WalkedStep[];
  /** Mistakes in the learner's file that the lab noticed. */
  faults: string[];
}
