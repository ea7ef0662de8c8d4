/** One URL for two revisions: asks which one a message speaks, and hands it to whoever answers that. */
import type { RequestHandler } from 'express';
import type { AnswerStateless } from './answer-stateless.ts';
import type { Revision, SecurityControls } from './controls.ts';
import { InvalidMessageError } from './errors.ts';
import { answerError, INVALID_REQUEST, toJsonRpcError } from './json-rpc-error.ts';
import { sentMessage } from './sent-message.ts';

export function answerByRevision(
  controls: SecurityControls,
  answerInitialized: RequestHandler,
  answerStateless: AnswerStateless,
): RequestHandler {
  return async (request, response, next) => {
    // Neither revision has another method here.
    if (request.method !== 'POST') return answerInitialized(request, response, next);
    // Whoever has hung up gets no call run: it would be in the log as refused, and have happened.
    if (response.closed) return undefined;
    try {
      controls.requireSingleMessage(request.body); // 10
    } catch (error) {
      if (!(error instanceof InvalidMessageError)) throw error;
      return answerError(response, null, { code: INVALID_REQUEST, message: error.message });
    }
    let revision: Revision;
    try {
      revision = controls.detectRevision(sentMessage(request)); // 15
    } catch (error) {
      const refused = toJsonRpcError(error);
      if (!refused) throw error;
      return answerStateless(request, response, refused);
    }
    if (revision === '2026-07-28') return answerStateless(request, response);
    // Its SDK would refuse a version it does not know, and so decide again what has been decided.
    if (request.headers['mcp-protocol-version']?.includes('2026-07-28')) {
      const { 'mcp-protocol-version': _, ...others } = request.headers;
      request.headers = others;
    }
    return answerInitialized(request, response, next);
  };
}
