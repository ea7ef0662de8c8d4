/** How every command reads its words: what it does not understand it says, and ends with 2. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Named extends Options> = ReturnType<
  typeof parseArgs<{ allowPositionals: true; options: Named }>
>['values'];

/** What is wrong and what to do, all in the message: the usage would say nothing more. */
export class CommandProblem extends Error {
  override readonly name: string = 'CommandProblem';
}

/** @param read makes of options and words what the command needs, or throws what is wrong with them */
export function readCommandLine<const Named extends Options, Read>(
  usage: string,
  options: Named,
  read: (values: Values<Named>, words: string[]) => Read,
): Read {
  const known: Options = { ...options, help: { type: 'boolean', short: 'h' } };
  const { values, positionals } = understood(usage, () =>
    parseArgs({ allowPositionals: true, options: known }),
  );
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  return understood(usage, () => read(values as Values<Named>, positionals));
}

function understood<Read>(usage: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    return refuse(error, usage);
  }
}

/** Ends the process, for a command that finds out later that it was not understood. */
export function refuse(error: unknown, usage: string): never {
  const { message } = error as Error;
  console.error(error instanceof CommandProblem ? message : `${message}\n\n${usage}`);
  process.exit(2);
}

/** For a command that takes options only. */
export function refuseWords([word]: string[]): void {
  if (word !== undefined) throw new Error(`“${word}” is no option of this command.`);
}
