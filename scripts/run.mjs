/**
 * Runs a TypeScript file of the workbook: `node scripts/run.mjs file.ts [arguments]`.
 * Says in one line what is wrong when Node is too old or nothing is installed yet.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;

if (!isSupported) {
  console.error(
    `The workbook needs Node 20.19, 22.12, or 24 and newer; this is Node ${process.versions.node}.`,
  );
  process.exit(2);
}

try {
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
const file = process.argv[2];
process.argv.splice(1, 1);
await import(pathToFileURL(file).href);
