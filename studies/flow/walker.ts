import type { Refusal, WalkedStep } from './shared.ts';

/** What a step came to. */
export type StepResult = Pick<WalkedStep, 'outcome' | 'summary'> &
  Partial<Pick<WalkedStep, 'carried' | 'remarks'>> & {
    /** Decisions that kept something from happening, of which no control wrote anything down. */
    prevented?: Omit<Refusal, 'topic'>[];
    /** Whether there is no going on from here. */
    ends?: boolean;
  };

/** Takes the steps of a flow, one after the other, and remembers what was learned. */
export type Walker<StepId extends string = string> = Record<StepId, () => Promise<StepResult>>;
