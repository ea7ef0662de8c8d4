/** Requests and connections as anybody may make them, without what the lab adds to its own. */
import { request, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  status: number;
  text: string;
}

const ANSWER_WITHIN_MS = 60_000;
const CONNECT_WITHIN_MS = 1000;

/** Sends exactly these headers to a port of 127.0.0.1. */
export function ask(port: number, path: string, headers: OutgoingHttpHeaders): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, headers, agent: false, timeout: ANSWER_WITHIN_MS },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`no answer from port ${port}`)));
    asked.on('error', reject);
    asked.end();
  });
}

/** Whether somebody accepts a connection there. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_WITHIN_MS });
    const settle = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
