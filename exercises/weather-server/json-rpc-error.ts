/** Answers to a message that is refused, with the code that is registered for each (MCP 2026-07-28, Error Codes). */
import { RequestIdSchema, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Response } from 'express';
import { HeaderMismatchError, InvalidMessageError, InvalidMetadataError } from './errors.ts';

export interface JsonRpcError {
  code: number;
  message: string;
  data?: unknown;
}

export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;
const HEADER_MISMATCH = -32020;
export const MISSING_CAPABILITY = -32021;
export const UNSUPPORTED_VERSION = -32022;

/** What to answer to an error of a control; undefined if it is none that a client can act on. */
export function toJsonRpcError(error: unknown): JsonRpcError | undefined {
  if (error instanceof HeaderMismatchError) {
    const { header, message } = error;
    return { code: HEADER_MISMATCH, message, data: { header } };
  }
  if (error instanceof InvalidMetadataError) {
    return { code: INVALID_PARAMS, message: error.message };
  }
  return error instanceof InvalidMessageError
    ? { code: INVALID_REQUEST, message: error.message }
    : undefined;
}

/** The id to answer to; `null` for a message that has none that can be read. */
export const idOf = (message: unknown): RequestId | null =>
  RequestIdSchema.safeParse((message as { id?: unknown } | null | undefined)?.id).data ?? null;

export function answerError(
  response: Response,
  id: RequestId | null,
  error: JsonRpcError,
  status = 400,
): void {
  response.status(status);
  sendJson(response, { jsonrpc: '2.0', id, error });
}

/** Without Express's entity tag, which nobody asks for again with POST. */
export function sendJson(response: Response, value: unknown): void {
  const text = JSON.stringify(value);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}
