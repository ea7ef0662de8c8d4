/**
 * TypeScript's own language server (Language Server Protocol 3.17 over stdio), as one process that is
 * started when it is first asked and ended when nobody has asked for a while. It reads files; it runs
 * none of a learner's code, and no grade rests on what it says.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { projectFolder } from '../../../shared/project-path.ts';

/** The first answer waits for the whole project to be read, on a busy machine too. */
const ANSWER_WITHIN_MS = 30_000;
const ENDS_AFTER_MS = 10 * 60_000;
/** A kind of change to a file, in LSP 3.17 (`FileChangeType`). */
const CHANGED = 2;

/** What this lab makes use of; the server leaves out the rest. */
const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    completion: { completionItem: { documentationFormat: ['plaintext'] } },
    hover: { contentFormat: ['plaintext'] },
    diagnostic: {},
  },
};

interface Running {
  process: ChildProcess;
  connection: MessageConnection;
  /** Of each file that it was told about. */
  versions: Map<string, number>;
}

export class LanguageServer {
  #running: Promise<Running> | undefined;
  #ending: NodeJS.Timeout | undefined;
  /** An answer belongs to the text that was told last, so that one is asked at a time. */
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * What it says of `file` if that had this text.
   *
   * @param file relative to the project folder
   * @returns as it came: whoever asked has to look at it
   * @throws if it does not answer, or ends
   */
  ask(file: string, text: string, method: string, params: object = {}): Promise<unknown> {
    const turn = this.#queue.then(async () => {
      const { connection, versions } = await this.#ensureRunning();
      const uri = addressOf(file);
      await tellText(connection, versions, uri, text);
      return this.#inTime(connection.sendRequest(method, { textDocument: { uri }, ...params }));
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** A file was written by somebody; what is open is as the page said. */
  async changed(file: string): Promise<void> {
    try {
      const running = await this.#running;
      await running?.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: addressOf(file), type: CHANGED }],
      });
    } catch {
      // It has ended, or is about to, and the next one reads the file as it is then.
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#ending);
    const running = this.#running;
    this.#running = undefined;
    const { process, connection } = (await running?.catch(() => undefined)) ?? {};
    connection?.dispose();
    process?.kill();
  }

  #ensureRunning(): Promise<Running> {
    clearTimeout(this.#ending);
    this.#ending = setTimeout(() => void this.close(), ENDS_AFTER_MS).unref();
    if (this.#running) return this.#running;
    const running = this.#start(() => {
      // The end of a process may be told when there is a newer one.
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  async #start(onEnd: () => void): Promise<Running> {
    const program = createRequire(import.meta.url).resolve('typescript/package.json');
    const child = spawn(
      process.execPath,
      [path.join(path.dirname(program), 'bin/tsc'), '--lsp', '--stdio'],
      { cwd: projectFolder, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const end = (): void => {
      connection.dispose();
      onEnd();
    };
    child.on('error', end);
    child.on('exit', end);
    connection.onError(() => child.kill());
    // It asks for settings, and is content with none.
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => null),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    const rootUri = pathToFileURL(projectFolder).href;
    try {
      await this.#inTime(
        connection.sendRequest('initialize', {
          processId: process.pid,
          rootUri,
          workspaceFolders: [{ uri: rootUri, name: 'workbook' }],
          capabilities: CAPABILITIES,
        }),
      );
      await connection.sendNotification('initialized', {});
    } catch (error) {
      // Nobody else knows of it yet, so that `close` would leave it running.
      child.kill();
      throw error;
    }
    return { process: child, connection, versions: new Map() };
  }

  /** One that says nothing is given up, and the next question starts another. */
  async #inTime<T>(answer: Promise<T>): Promise<T> {
    let late: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        answer,
        new Promise<never>((_, reject) => {
          late = setTimeout(() => {
            void this.close();
            reject(new Error('TypeScript gave no answer in time.'));
          }, ANSWER_WITHIN_MS);
        }),
      ]);
    } finally {
      clearTimeout(late);
    }
  }
}

async function tellText(
  connection: MessageConnection,
  versions: Map<string, number>,
  uri: string,
  text: string,
): Promise<void> {
  const version = (versions.get(uri) ?? 0) + 1;
  versions.set(uri, version);
  if (version === 1) {
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'typescript', version, text },
    });
    return;
  }
  await connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ text }],
  });
}

const addressOf = (file: string): string => pathToFileURL(path.join(projectFolder, file)).href;
