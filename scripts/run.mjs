/**
 * Runs a TypeScript file of the workbook: `node scripts/run.mjs file.ts [arguments]`.
 * Says in one line what is wrong when Node is too old or nothing is installed yet.
 */
import path from 'node:path';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;

if (!isSupported) {
  console.error(
    `The workbook needs Node 20.19, 22.12, or 24 and newer; this is Node ${process.versions.node}.`,
  );
  process.exit(2);
}

// Vite and Vitest take these for parts of an address.
const folder = path.dirname(import.meta.dirname);
const [unusable] = /[#%?]/.exec(folder) ?? [];
if (unusable) {
  console.error(
    `The workbook lies in ${folder}, and cannot work where a folder has ${unusable} in its name. Move it, or give the folder another name.`,
  );
  process.exit(2);
}

// Until a command knows what to leave behind, it may end at once.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(code);
  });
}
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, failWith);

const WHY = {
  EACCES: 'may not be used by you',
  EADDRINUSE: 'was to listen on a port that another program has just taken',
  EDQUOT: 'cannot be written, because your share of the disk is used up',
  EEXIST: 'is in the way',
  EISDIR: 'is a folder, where a file should be',
  EMFILE: 'cannot be opened, because too many files are',
  ENFILE: 'cannot be opened, because too many files are',
  ENOSPC: 'cannot be written, because the disk is full or too many files are watched',
  ENOTDIR: 'cannot be reached, because a part of its path is a file',
  EPERM: 'may not be used by you',
  EROFS: 'cannot be written, because the drive is read-only',
};

/**
 * Once TypeScript is understood, each module is found and read in another thread, those of packages
 * as well, which takes five times as long. So what a command needs most of is loaded before that.
 */
const LOADED_AHEAD = {
  'commands/grade.ts': ['zod', 'jose', 'vitest/node'],
  'commands/grade-ui.ts': ['zod', 'jose', 'vitest/node'],
  'commands/report.ts': ['zod', 'jose', 'vitest/node'],
  'playground/server/start.ts': ['zod', 'jose', 'express'],
};

const [, , file] = process.argv;
try {
  for (const name of LOADED_AHEAD[file] ?? ['zod']) await import(name);
  await import('tsx');
} catch {
  console.error('The packages of the workbook are not installed. Run: npm ci');
  process.exit(2);
}

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(1);
  throw error;
});

const { pathToFileURL } = await import('node:url');
process.argv.splice(1, 1);
await import(pathToFileURL(file).href).catch(failWith);

/** What a person can mend is said in a sentence; anything else is a defect of ours, with its stack. */
function failWith(error) {
  const why = WHY[error?.code];
  if (error?.name === 'SayPlainly') console.error(error.message);
  else if (why)
    console.error(`${error.path ?? 'Something'} ${why} (${error.code}). Mend that, and try again.`);
  else console.error(error);
  process.exit(1);
}
