import { selectTopics, type Topic } from '../catalogue/curriculum.ts';
import { readCommandLine, refuse } from '../shared/command-line.ts';

/** Reads a command line that names one topic, with switches. */
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
  const options = Object.fromEntries(
    switches.map((name) => [name, { type: 'boolean', default: false } as const]),
  );
  return readCommandLine(usage, options, (values, words) => {
    const [topic, ...others] = words.length > 0 ? selectTopics(words) : [];
    if (others.length > 0) throw new Error('Name one topic.');
    return { topic, ...(values as Record<Switch, boolean>) };
  });
}
