import type { FlowWalk } from '../../../grader/flow/flow.ts';
import type { StudyOutcome, StudyOutcomes } from '../lab/use-study.ts';

export type FlowOutcome = StudyOutcome<FlowWalk>;
export type FlowOutcomes = StudyOutcomes<FlowWalk>;
