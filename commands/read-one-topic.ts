import { parseArgs } from 'node:util';
import { selectTopics, UnknownTopicError, type Topic } from '../catalogue/curriculum.ts';

/**
 * Reads a command line that names one topic, with switches. Ends the process with 2 if it was not
 * understood, and with 0 after `--help`.
 */
export function readOneTopic<const Switch extends string = never>(
  usage: string,
  switches: readonly Switch[] = [],
): { topic: Topic } & Record<Switch, boolean> {
  const read = readTopicIfAny(usage, switches);
  if (!read.topic) return refuse(new Error('Name one topic.'), usage);
  return { ...read, topic: read.topic };
}

/** The same, for a command that knows what to do without a topic. */
export function readTopicIfAny<const Switch extends string = never>(
  usage: string,
  switches: readonly Switch[] = [],
): { topic: Topic | undefined } & Record<Switch, boolean> {
  try {
    const options = Object.fromEntries(
      [...switches, 'help'].map((name) => [name, { type: 'boolean', default: false } as const]),
    );
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const [topic, ...others] = positionals.length > 0 ? selectTopics(positionals) : [];
    if (others.length > 0) throw new Error('Name one topic.');
    return { topic, ...(values as Record<Switch, boolean>) };
  } catch (error) {
    return refuse(error, usage);
  }
}

function refuse(error: unknown, usage: string): never {
  const isTopic = error instanceof UnknownTopicError;
  console.error(isTopic ? error.message : `${(error as Error).message}\n\n${usage}`);
  process.exit(2);
}
