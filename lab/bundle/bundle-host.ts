/** Makes a bundle of the host, with esbuild. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { projectFolder } from '../../shared/project-path.ts';
import { START } from './host-bundle.ts';

/** Evaluated in this order: the clock comes before whoever keeps `setTimeout`. */
const PARTS = ['lab/host/clock.ts', 'lab/host/host.ts'];
/** What learners' files and each other may import. */
const SHARED_FOLDERS = ['exercises/weather-server', 'solutions'];
/** They find files of their own beside themselves. */
const LEFT_OUT = ['sql.js', 'just-bash', 'tsx'];
/** For what was written for CommonJS. */
const BANNER = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);`;

/** What a bundle has, by what it is imported by: places in the project, and names of packages. */
interface BundledModules {
  /** `exercises/weather-server/errors.ts` -> file in the bundle */
  files: Record<string, string>;
  /** `zod` -> file in the bundle */
  packages: Record<string, string>;
}

const OPTIONS = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'silent',
} satisfies BuildOptions;

/** @param folder empty; all files of the bundle come to lie in it, and none in a folder below */
export async function bundleHost(folder: string): Promise<void> {
  const { files, packages } = await sharedModules();
  const shared = [...files, ...packages];
  // One file has them all; what imports one of them gets a page of names out of it.
  writeFileSync(
    path.join(folder, 'shared.entry.mjs'),
    shared
      .map(({ from }, index) => `export * as shared${index} from ${JSON.stringify(from)};\n`)
      .join(''),
  );
  await build({
    ...OPTIONS,
    entryPoints: [
      ...PARTS.map((file) => ({ in: path.join(projectFolder, file), out: outOf(file) })),
      { in: path.join(folder, 'shared.entry.mjs'), out: 'shared' },
    ],
    outdir: folder,
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    outExtension: { '.js': '.mjs' },
    external: LEFT_OUT,
    banner: { js: BANNER },
    plugins: [projectFiles(files.map(({ name }) => name))],
  });
  const modules: BundledModules = { files: {}, packages: {} };
  for (const [index, { name, exports }] of shared.entries()) {
    const file = `${outOf(name)}.mjs`;
    modules[index < files.length ? 'files' : 'packages'][name] = file;
    writeFileSync(path.join(folder, file), pageOfNames(index, exports));
  }
  writeFileSync(path.join(folder, 'modules.json'), JSON.stringify(modules));
  const imports = PARTS.map((file) => `import './${outOf(file)}.mjs';\n`);
  writeFileSync(path.join(folder, START), imports.join(''));
}

interface SharedModule {
  /** By which it is imported, or its place in the project. */
  name: string;
  from: string;
  exports: string[];
}

/** Our own files, and the packages that these import. */
async function sharedModules(): Promise<{ files: SharedModule[]; packages: SharedModule[] }> {
  const sources = SHARED_FOLDERS.flatMap(sourcesIn);
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: sources.map((file) => path.join(projectFolder, file)),
    absWorkingDir: projectFolder,
    outdir: path.join(projectFolder, '.built'),
    packages: 'external',
    metafile: true,
    write: false,
  });
  const outputs = Object.values(metafile.outputs);
  const files = outputs.flatMap(({ entryPoint: name, exports }) =>
    name === undefined ? [] : [{ name, from: path.join(projectFolder, name), exports }],
  );
  const imported = new Set(outputs.flatMap(({ imports }) => imports.map(({ path: name }) => name)));
  const names = [...imported].filter((name) => !isBuiltin(name) && !LEFT_OUT.includes(name));
  const packages = names.map(async (name) => ({
    name,
    from: name,
    exports: Object.keys((await import(name)) as object),
  }));
  return { files, packages: await Promise.all(packages) };
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

const outOf = (module: string): string => module.replaceAll(/[^\w.-]/g, '_');

const pageOfNames = (index: number, exports: string[]): string =>
  [
    `import { shared${index} as all } from './shared.mjs';`,
    ...exports.map(
      (name, at) =>
        `const member${at} = all[${JSON.stringify(name)}];\nexport { member${at} as ${name} };`,
    ),
  ].join('\n');

/** Our own files know where they are, and the host knows which of them it has. */
function projectFiles(shared: string[]): Plugin {
  return {
    name: 'project-files',
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const place = path.relative(projectFolder, file).split(path.sep).join('/');
        if (place.split('/').includes('node_modules')) return undefined;
        const contents = place === 'lab/host/bundled.ts' ? tableOf(shared) : textOf(file, place);
        return { contents, loader: 'ts', resolveDir: path.dirname(file) };
      });
    },
  };
}

function textOf(file: string, place: string): string {
  // The bundle lies two folders below the project, wherever that is.
  const address = `new URL(${JSON.stringify(`../../${place}`)}, import.meta.url)`;
  const text = readFileSync(file, 'utf8')
    .replaceAll('import.meta.url', `${address}.href`)
    .replaceAll('import.meta.dirname', `fileURLToPathOfBundle(new URL('.', ${address}))`);
  return text.includes('fileURLToPathOfBundle(')
    ? `import { fileURLToPath as fileURLToPathOfBundle } from 'node:url';\n${text}`
    : text;
}

/** Of the files from which controls are taken. */
function tableOf(shared: string[]): string {
  const solutions = shared.filter((file) => file.startsWith('solutions/'));
  const imports = solutions.map(
    (file, index) =>
      `import * as solution${index} from ${JSON.stringify(path.join(projectFolder, file))};`,
  );
  const rows = solutions.map((file, index) => `${JSON.stringify(file)}: solution${index},`);
  return `${imports.join('\n')}\nexport const bundled = {${rows.join('\n')}};`;
}
