/**
 * Loaded into a target before any learner code. An exercise that imports its solution would pass every
 * check without being solved, so that what a file of `exercises/` may load is decided here, where
 * modules are resolved: imports, re-exports, `import()`, `require()` and links all come by.
 *
 * And what the target's own bundle has is taken from there, so that no module is in a process twice.
 *
 * Plain JavaScript: modules are resolved in a thread that has no TypeScript loader.
 */
import { readFileSync } from 'node:fs';
import Module, { register } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const project = path.resolve(import.meta.dirname, '../..');
/** Who may load solutions: they themselves, what proves the checks, and the tests' own files. */
const MAY_LOAD_SOLUTIONS = ['solutions', 'lab', 'proof', '.workbook'];

/** Folder of the bundle, and what is in it: see `BundledModules` in `lab/bundle/`. */
let bundle;
let bundled = { files: {}, packages: {} };

export function initialize(folder) {
  bundle = folder;
  bundled = JSON.parse(readFileSync(path.join(folder, 'modules.json'), 'utf8'));
}

if (isMainThread && Module.registerHooks) {
  initialize(path.dirname(process.argv[1]));
  Module.registerHooks({
    resolve(specifier, context, nextResolve) {
      return (
        packageInBundle(specifier, context) ??
        checked(specifier, context, nextResolve(specifier, context))
      );
    },
  });
} else if (isMainThread) {
  // Node 20 has hooks in a thread of their own, for `import` only.
  register(import.meta.url, { data: path.dirname(process.argv[1]) });
  const resolveFilename = Module['_resolveFilename'];
  Module['_resolveFilename'] = function (specifier, importer, ...rest) {
    const found = resolveFilename.call(this, specifier, importer, ...rest);
    if (importer?.filename) requireOwnWork(specifier, importer.filename, found);
    return found;
  };
}

export async function resolve(specifier, context, nextResolve) {
  return (
    packageInBundle(specifier, context) ??
    checked(specifier, context, await nextResolve(specifier, context))
  );
}

function packageInBundle(specifier, { parentURL, conditions }) {
  const file = bundled.packages[specifier];
  if (!file || conditions?.includes('require') || !parentURL?.startsWith('file:')) return undefined;
  return isPackage(fileURLToPath(parentURL)) ? undefined : inBundle(file);
}

const inBundle = (file) => ({
  url: pathToFileURL(path.join(bundle, file)).href,
  format: 'module',
  shortCircuit: true,
});

function checked(specifier, context, found) {
  if (context.parentURL?.startsWith('file:') && found.url.startsWith('file:')) {
    const imported = fileURLToPath(found.url);
    requireOwnWork(specifier, fileURLToPath(context.parentURL), imported);
    const file = bundled.files[inProject(imported)];
    if (file) return inBundle(file);
  }
  return found;
}

function requireOwnWork(specifier, importer, imported) {
  const from = folderOf(importer);
  const to = folderOf(imported);
  const leavesExercises = from === 'exercises' && to !== undefined && to !== 'exercises';
  const takesSolution = to === 'solutions' && !MAY_LOAD_SOLUTIONS.includes(from);
  // Beside a copy that is graded there is the workbook that it was made from, with every solution.
  const leavesProject = from === 'exercises' && to === undefined && !isPackage(imported);
  if (!leavesExercises && !takesSolution && !leavesProject) return;
  const place = `${inProject(importer)}${lineOf(importer, specifier) || lineOf(importer, path.basename(imported))}`;
  const error = new Error(
    `${place} imports ${specifier}, which is ${inProject(imported)}. An exercise stands on its own: import from exercises/ and from packages only.`,
  );
  throw Object.assign(error, { code: 'ERR_NOT_OWN_WORK' });
}

/** The folder of the project that a file is in; undefined for packages and for what lies elsewhere. */
function folderOf(file) {
  const relative = path.relative(project, withoutQuery(file));
  const [folder] = relative.split(path.sep);
  const isElsewhere = folder === '..' || path.isAbsolute(relative);
  return isElsewhere || isPackage(file) ? undefined : folder;
}

const isPackage = (file) => inProject(file).split('/').includes('node_modules');
const withoutQuery = (file) => file.replace(/\?.*$/s, '');
const inProject = (file) => path.relative(project, withoutQuery(file)).split(path.sep).join('/');

function lineOf(file, specifier) {
  const lines = readFileSync(withoutQuery(file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(specifier));
  return index === -1 ? '' : `:${index + 1}`;
}
