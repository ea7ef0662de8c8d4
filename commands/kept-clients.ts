/**
 * Registrations that outlive `npm run serve`, in a file: a client keeps its id for good, and few of
 * them register again by themselves when a server has forgotten it. The file may have been written by
 * anybody with an editor, so that only what looks like a registration is taken from it.
 */
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ClientStore, Registration } from '../exercises/weather-server/client-registry.ts';

/** Many hundred ordinary registrations, and little to write at each of them. */
const MOST_BYTES = 256 * 1024;

const text = z.string().max(2000);
const registration = z.object({
  client: z.object({
    client_id: text.min(1),
    client_name: text.optional(),
    redirect_uris: z.array(text).max(20),
    grant_types: z.array(text).max(20),
    response_types: z.array(text).max(20),
    token_endpoint_auth_method: z.literal('none'),
  }),
  at: z.number(),
  used: z.boolean(),
});

/**
 * @param file in a folder that is made if need be
 * @param report told once, in a sentence, that the file cannot be read or written; nothing else
 *   happens then but that the next server knows fewer clients
 */
export function keepClientsIn(file: string, report: (problem: string) => void): ClientStore {
  let reported = false;
  const problem = (what: string, error: unknown): void => {
    if (!reported) report(`${what} ${file} (${reasonOf(error)}).`);
    reported = true;
  };

  return {
    load() {
      try {
        const found = lstatSync(file, { throwIfNoEntry: false });
        if (!found) return [];
        // A pipe would never end, and a link may lead anywhere.
        if (!found.isFile()) throw new Error('it is no ordinary file');
        if (found.size > MOST_BYTES) throw new Error('it is too large');
        const entries: unknown = JSON.parse(readFileSync(file, 'utf8'));
        if (!Array.isArray(entries)) throw new Error('it holds no list');
        return entries.flatMap((entry): Registration[] => {
          const { data } = registration.safeParse(entry);
          if (!data) return [];
          const { client_name, ...rest } = data.client;
          return [{ ...data, client: { ...rest, ...(client_name ? { client_name } : {}) } }];
        });
      } catch (error) {
        problem('Clients that registered earlier are not known: they cannot be read from', error);
        return [];
      }
    },

    save(all) {
      const temporary = `${file}.${process.pid}.tmp`;
      try {
        mkdirSync(path.dirname(file), { recursive: true });
        const content = newestThatFit(all);
        rmSync(temporary, { force: true });
        writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 });
        renameSync(temporary, file); // whole, or not at all
      } catch (error) {
        problem(
          'Clients will have to register again after a restart: they cannot be kept in',
          error,
        );
      }
    },
  };
}

/** As JSON, one a line; without the oldest, if all are too many. */
function newestThatFit(all: Registration[]): string {
  const lines: string[] = [];
  let bytes = 4;
  for (const entry of [...all].sort((one, other) => other.at - one.at)) {
    const line = JSON.stringify(entry);
    bytes += Buffer.byteLength(line) + 2;
    if (bytes > MOST_BYTES) break;
    lines.unshift(line);
  }
  return `[\n${lines.join(',\n')}\n]`;
}

const reasonOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : 'unknown');
