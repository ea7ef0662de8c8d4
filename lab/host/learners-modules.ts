/** How a learner's files are loaded: with TypeScript, and only what is their own to import. */

let ready: Promise<void> | undefined;

/**
 * Most processes never load such a file, and none before it is asked to: a loader of modules, in a
 * thread of its own, is half of what a process costs to start.
 */
export function readyForLearnersFiles(): Promise<void> {
  ready ??= (async () => {
    const [esm, cjs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]);
    esm.register();
    cjs.register();
    // Asked before tsx, because it came after.
    await import(new URL('./own-work.mjs', import.meta.url).href);
  })();
  return ready;
}
