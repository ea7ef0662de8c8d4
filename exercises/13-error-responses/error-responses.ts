import type { BuildToolError, CreateErrorHandler } from '../weather-server/controls.ts';

// Today an error's own message is the answer, whoever wrote it: a database driver, the file system,
// an HTTP client. Outside a tool call the whole stack goes out, as an HTML page.

// TODO 13: Answer with `isError: true` and an `ErrorBody` (weather-server/controls.ts) as JSON
// text: INVALID_INPUT names the argument, NOT_FOUND and INSUFFICIENT_SCOPE say what they mean,
// anything that is not an error of ours (weather-server/errors.ts) is INTERNAL, in one sentence for
// every cause. Only a call that may succeed later is retryable, as after `UnavailableError`, and
// not one that met a bug. Nothing of the server's inside gets out.
export const buildToolError: BuildToolError = (error) => ({
  isError: true,
  content: [{ type: 'text', text: error instanceof Error ? error.message : String(error) }],
});

// TODO 13: Answer in JSON, with a status that HTTP knows: an error's own if it is a number from 400
// to 499, otherwise a 5xx. Nothing of the server's inside gets out, and nothing of a body that
// could not be read goes back.
export const createErrorHandler: CreateErrorHandler =
  () => (error: Error & { status?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    response.status(error.status ?? 500).send(`<pre>${error.stack}</pre>`);
  };
