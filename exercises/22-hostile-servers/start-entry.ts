import type { ReviewStartEntry } from '../weather-server/controls.ts';

/** Programs that everybody has. */
const WELL_KNOWN = ['npx', 'node', 'uvx', 'python', 'python3', 'sh', 'bash'];

// Today a well-known program starts without a question, with whatever arguments. Of another the first
// eighty characters are shown, as they are, and what is remembered of it is its command.

// TODO 22: Let an entry start without a question only if this very entry was approved: `approval`
// has to differ for another command, argument, border between two arguments, variable or value, and
// not for another order of variables, nor for `args` or `env` that are missing or empty; of a hash
// (SHA-256, say) it keeps 128 bits at least, which are 32 characters of hex. Show all of it, so
// that no two entries look alike to a reader: nothing cut, nothing that cannot be seen (invisible
// and bidi characters, runs of blanks, line ends, terminal sequences), no value left out, each
// argument with its borders, names as well. Warn, each time, with `changed` if another entry was
// approved; `unpinned` if npx, npm exec, pnpm dlx, yarn dlx, bunx, uvx or pipx run has a package
// without an exact version, one of several or one that uvx adds (`--with`) among them;
// `inline-code` if a shell (sh, bash, zsh, cmd, powershell, pwsh) or node or python is given a
// program as an argument (-c, /c, -e, --eval, -Command; several letters may stand behind one dash,
// and the program too); `secrets` if a variable of the user's (`${NAME}`, of whatever letters) is
// handed over, in an argument or a variable, other than HOME, LOGNAME, PATH, SHELL, TERM and USER.
// Find these also behind a path (/usr/bin/npx), an ending (npx.cmd), in capitals (NPX.CMD), behind
// other options (pnpm --silent dlx) and another program (env, cmd /c). Warn for nothing else.
export const reviewStartEntry: ReviewStartEntry = ({ command, args = [] }, approved) => ({
  mayStart: approved === command || WELL_KNOWN.includes(command.split('/').at(-1) ?? ''),
  text: [command, ...args].join(' ').slice(0, 80),
  warnings: [],
  approval: command,
});
