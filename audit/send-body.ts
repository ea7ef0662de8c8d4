import type { ClientRequest } from 'node:http';

const PIECE = 64 * 1024;
/** For the answer of a server that refuses the length it is told. */
const FIRST_WAIT_MS = 250;

/**
 * Sends a long body in pieces, and no further once there is an answer: a server that refuses it may
 * close the connection, and what is still on its way would cost us the answer.
 */
export function sendBody(request: ClientRequest, body = ''): void {
  const bytes = Buffer.from(body);
  if (bytes.length <= PIECE) {
    request.end(bytes);
    return;
  }
  request.setHeader('content-length', bytes.length);
  const isOver = new Promise<true>((resolve) => {
    request.once('response', () => resolve(true)).once('close', () => resolve(true));
  });
  void sendPieces(request, bytes, isOver);
}

async function sendPieces(
  request: ClientRequest,
  bytes: Buffer,
  isOver: Promise<true>,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    // What goes wrong is told by the request itself.
    const written = new Promise<void>((resolve) => {
      request.write(bytes.subarray(at, at + PIECE), () => resolve());
    });
    if (await Promise.race([isOver, written])) return;
    if (await Promise.race([isOver, pause(at === 0 ? FIRST_WAIT_MS : 0)])) return;
  }
  request.end();
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
