import type { Flow, FlowId } from './shared.ts';
import { signInFlow } from './sign-in-flow.ts';
import { thirdPartyFlow } from './third-party-flow.ts';

const flowsById: Record<FlowId, Flow> = { 'sign-in': signInFlow, 'third-party': thirdPartyFlow };

export const flows: readonly Flow[] = Object.values(flowsById);

export const flowOf = (id: FlowId): Flow => flowsById[id];
