/** The channel to the lab: every message of it gets one answer. */
import { LoadError } from '../controls/compose-controls.ts';
import { ContractError, placeInStack } from '../controls/contracts.ts';
import type { FromHost, HostRequestName, HostRequests, ToHost } from './host-protocol.ts';

export type Handlers = {
  [Name in HostRequestName]: (
    ask: HostRequests[Name]['ask'],
  ) => Promise<HostRequests[Name]['reply']> | HostRequests[Name]['reply'];
};

export function answerTheLab(handlers: Handlers): void {
  process.on('message', async (message: ToHost) => {
    const answer = (
      body: { reply: unknown } | { error: { message: string; file?: string } },
    ): void => {
      const whole: FromHost = { id: message.id, now: Date.now(), ...body };
      process.send?.(whole);
    };
    try {
      const handle = handlers[message.name] as (ask: unknown) => unknown;
      answer({ reply: await handle(message.ask) });
    } catch (error) {
      answer({
        error: {
          message: describeFailure(error),
          ...(error instanceof LoadError ? { file: error.file } : {}),
        },
      });
    }
  });
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof LoadError || error instanceof ContractError) return error.message;
  const place = placeInStack(error.stack);
  return place ? `${place}: ${error.name}: ${error.message}` : `${error.stack}`;
}
