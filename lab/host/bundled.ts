/**
 * Solutions that came with the bundle of the host (see `lab/bundle/`), by their place in the project.
 * The bundler puts the table in; a file that is not in it is loaded from disk.
 */
export const bundled: Readonly<Record<string, Record<string, unknown>>> = {};
