/**
 * The life of one `tools/call`: audit( authorize -> limit -> validate -> run ), errors made safe
 * around it. It replaces the SDK's own handling of `tools/call`, which would validate arguments
 * before any of this ran, so that invalid calls were neither limited nor audited.
 */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type {
  AuditLog,
  CallOutcome,
  CallStep,
  CallSteps,
  ClientAnswer,
  RateLimiter,
  SecurityControls,
  ServerConfig,
  ToolCall,
} from './controls.ts';
import type { Tool } from './define-tool.ts';
import {
  ConfirmationNeeded,
  InsufficientScopeError,
  InvalidInputError,
  UnavailableError,
} from './errors.ts';
import { reachGate, refuseAt } from './watch-gate.ts';
import type { World } from './world/world.ts';

/** What there is to say of a message besides its call. */
interface CallForm {
  /** What is wrong with it, in a sentence. The call takes the same steps all the same. */
  flaw?: string | undefined;
  /** What its client answers to a question; only in revisions that have such answers. */
  answer?: ClientAnswer | undefined;
}

interface RanCall {
  result: CallToolResult;
  /** Set if HTTP should say it too. */
  refusal?: InsufficientScopeError;
  /** Set if the call waits for its user's answer; then there is no result of the tool. */
  needed?: ConfirmationNeeded;
}

export interface CallPipeline {
  /** Runs a call through its steps; never throws. */
  run: (call: ToolCall, form?: CallForm) => Promise<RanCall>;
}

export function createCallPipeline(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  tools: Map<string, Tool>,
  audit: AuditLog,
): CallPipeline {
  const limiter: RateLimiter = world.store
    ? controls.createSharedLimiter(config.limits, world.store) // 18
    : controls.createRateLimiter(config.limits);
  /** Validated arguments, kept apart from what was sent. */
  const validated = new WeakMap<ToolCall, Record<string, unknown>>();
  const forms = new WeakMap<ToolCall, CallForm>();
  /** Calls whose tool has begun: what fails from there on has failed, and was not refused. */
  const begun = new WeakSet<ToolCall>();

  const steps: CallSteps = {
    async audit(call, next) {
      let outcome: CallOutcome = 'refused';
      let reason: string | undefined;
      try {
        if (audit.ready?.() === false) throw new UnavailableError('Calls cannot be logged now.');
        const result = await next();
        reason = errorCode(result);
        outcome = reason === 'RATE_LIMITED' ? 'refused' : result.isError ? 'failed' : 'succeeded';
        return result;
      } catch (error) {
        outcome = isRefusal(error) || !begun.has(call) ? 'refused' : 'failed';
        reason = error instanceof Error ? error.name : 'unknown';
        throw error;
      } finally {
        audit.record({ call, outcome, ...(reason === undefined ? {} : { reason }) });
      }
    },

    async authorize(call, next) {
      const tool = tools.get(call.tool);
      if (tool) controls.authorizeTool(call.actor, tool, config);
      return next();
    },

    async limit(call, next) {
      const decision = await limiter.check(call);
      world.tape.write({
        kind: 'limit',
        decision: decision.allowed ? 'allowed' : 'refused',
        tool: call.tool,
        ...(decision.allowed ? {} : { retryAfterMs: decision.retryAfterMs }),
      });
      return decision.allowed ? next() : controls.buildRateLimitedResult(decision.retryAfterMs);
    },

    async validate(call, next) {
      const gate = reachGate(world.tape, 'validate');
      try {
        // A copy: whoever made it could change it later, or answer differently when asked twice.
        validated.set(call, structuredClone(inputOf(call)));
      } catch (error) {
        refuseAt(gate, error);
        throw error;
      }
      gate.decision = 'passed';
      return next();
    },
  };

  /** What the tool takes of the arguments, or an error that says what it does not take. */
  function inputOf(call: ToolCall): Record<string, unknown> {
    const flaw = forms.get(call)?.flaw;
    if (flaw !== undefined) throw new InvalidInputError(flaw);
    const tool = tools.get(call.tool);
    if (!tool) throw new InvalidInputError('There is no tool of this name.');
    const parsed = tool.input.safeParse(call.arguments === undefined ? {} : call.arguments);
    if (!parsed.success) {
      const members = new Set(
        parsed.error.issues.map((issue) => issue.path.join('.') || 'arguments'),
      );
      throw new InvalidInputError(`Not acceptable: ${[...members].join(', ')}.`);
    }
    return parsed.data;
  }

  async function runTool(call: ToolCall): Promise<CallToolResult> {
    const tool = tools.get(call.tool);
    const input = validated.get(call);
    if (!tool || !input) throw new Error('a call reached its tool without being validated');
    world.tape.write({
      kind: 'tool',
      tool: tool.name,
      arguments: structuredClone(input),
      subject: call.actor?.subject ?? 'anonymous',
    });
    begun.add(call);
    return tool.run(input, call.actor, forms.get(call)?.answer, call);
  }

  const order: CallStep[] = controls.orderCallSteps(steps); // 14
  return {
    async run(call, form = {}) {
      forms.set(call, form);
      const walk = (index: number): Promise<CallToolResult> => {
        const step = order[index];
        return step ? step(call, () => walk(index + 1)) : runTool(call);
      };
      try {
        return { result: await walk(0) };
      } catch (error) {
        if (error instanceof ConfirmationNeeded) return { result: { content: [] }, needed: error };
        const result = controls.buildToolError(error, call.requestId);
        return error instanceof InsufficientScopeError ? { result, refusal: error } : { result };
      }
    },
  };
}

const isRefusal = (error: unknown): boolean =>
  error instanceof InsufficientScopeError ||
  error instanceof InvalidInputError ||
  error instanceof ConfirmationNeeded;

/** The code inside a refused call's text, by the convention of topics 10 and 13. */
function errorCode(result: CallToolResult): string | undefined {
  const first = result.content[0];
  if (!result.isError || first?.type !== 'text') return undefined;
  try {
    const body = JSON.parse(first.text) as { error?: { code?: unknown } };
    return typeof body.error?.code === 'string' ? body.error.code : undefined;
  } catch {
    return undefined;
  }
}
