import type { FlowWalk } from '../../../studies/flow/shared.ts';
import type { StudyOutcome, StudyOutcomes } from '../lab-client/use-study.ts';

export type FlowOutcome = StudyOutcome<FlowWalk>;
export type FlowOutcomes = StudyOutcomes<FlowWalk>;
