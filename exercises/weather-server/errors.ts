/** Errors that a control may throw and that the server knows how to answer. */

/** An OAuth error with its registered code (RFC 6749 §5.2, RFC 7591 §3.2.2, RFC 8707 §2). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: string;
  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}

/** An access token that must not be accepted. `description` may reach the client; keep it general. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
}

/** The actor lacks a scope; answered with HTTP 403 and a challenge that names `scopes`. */
export class InsufficientScopeError extends Error {
  override readonly name = 'InsufficientScopeError';
  readonly scopes: string[];
  constructor(scopes: string[]) {
    super(`Needs scope ${scopes.join(' ')}`);
    this.scopes = scopes;
  }
}

/** Arguments a tool does not take. The message is for the model that sent them. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}

/** What a client will not do for a server. The message is for the client's user. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** What was asked for does not exist, or not for this caller. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** A body that is not one JSON-RPC message; answered with HTTP 400 and JSON-RPC −32600. */
export class InvalidMessageError extends Error {
  override readonly name = 'InvalidMessageError';
}

/** A header that is missing, or does not say what the body says; answered with 400 and −32020. */
export class HeaderMismatchError extends Error {
  override readonly name = 'HeaderMismatchError';
  /** The header, as it is spelled in the specification. */
  readonly header: string;
  constructor(header: string, message = `${header} does not say what the body says.`) {
    super(message);
    this.header = header;
  }
}

/** A request whose `_meta` lacks what its revision requires; answered with 400 and −32602. */
export class InvalidMetadataError extends Error {
  override readonly name = 'InvalidMetadataError';
}

/**
 * A call that waits for its user's answer. It ends the call without a result of the tool; the client
 * sends it again, with the answer and this state (MCP 2026-07-28, Multi Round-Trip Requests).
 */
export class ConfirmationNeeded extends Error {
  override readonly name = 'ConfirmationNeeded';
  readonly question: string;
  readonly requestState: string;
  constructor(question: string, requestState: string) {
    super('The user is asked first.');
    this.question = question;
    this.requestState = requestState;
  }
}

/** Something the server needs does not work right now; the same call may succeed later. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** A request that HTTP has a word for: an unknown route, a method that is not allowed. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
